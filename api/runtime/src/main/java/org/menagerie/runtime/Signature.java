package org.menagerie.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** What a graph takes and gives, and the check of tensors against it. */
final class Signature {
    private final Map<String, Port> inputs;
    private final Map<String, Port> outputs;
    /** Where a run can read the extent of each symbolic dimension. */
    private final Map<String, Axis> symbols = new LinkedHashMap<>();

    private record Axis(String input, int axis) {}

    private Signature(Map<String, Port> inputs, Map<String, Port> outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        for (Port port : inputs.values()) {
            for (int axis = 0; axis < port.extents.length; axis++) {
                if (port.extents[axis] < 0) {
                    symbols.putIfAbsent(port.info.dims().get(axis), new Axis(port.info.name(), axis));
                }
            }
        }
        symbols.remove(Port.UNNAMED);
    }

    /** Reads the signature of a loaded graph. */
    static Signature of(String what, OrtSession session) throws OrtException {
        return new Signature(
                ports(what, "input", session.getInputInfo()), ports(what, "output", session.getOutputInfo()));
    }

    private static Map<String, Port> ports(String what, String role, Map<String, NodeInfo> infos) {
        Map<String, Port> ports = new LinkedHashMap<>();
        infos.forEach((name, info) -> ports.put(name, Port.of(what, role, info)));
        return ports;
    }

    List<Network.TensorInfo> inputs() {
        return inputs.values().stream().map(port -> port.info).toList();
    }

    List<Network.TensorInfo> outputs() {
        return outputs.values().stream().map(port -> port.info).toList();
    }

    Set<String> outputNames() {
        return outputs.keySet();
    }

    /** Requires a tensor for each input and no other name. */
    void checkInputNames(Set<String> names) {
        for (String name : names) {
            require(inputs, "input", name);
        }
        if (names.size() < inputs.size()) {
            List<Network.TensorInfo> missing = inputs().stream()
                    .filter(info -> !names.contains(info.name()))
                    .toList();
            throw new InvalidInputException(
                    "The network needs input %s; given were %s".formatted(missing.get(0), names));
        }
    }

    void checkInput(String name, Tensor tensor) {
        require(inputs, "input", name).check("Input", tensor);
    }

    void checkOutput(String name, Tensor tensor) {
        require(outputs, "output", name).check("Output", tensor);
        if (tensor.bytes().isReadOnly()) {
            throw new InvalidInputException("Output '%s' cannot be written into a read-only buffer".formatted(name));
        }
    }

    void checkOutputNames(Collection<String> names) {
        for (String name : names) {
            require(outputs, "output", name);
        }
    }

    private static Port require(Map<String, Port> ports, String role, String name) {
        Port port = ports.get(name);
        if (port == null) {
            throw new InvalidInputException("The network has no %s '%s'; it has %s"
                    .formatted(
                            role, name, ports.values().stream().map(p -> p.info).toList()));
        }
        return port;
    }

    /**
     * A tensor for an output, in the shape that the graph's declaration and the inputs tell; empty where they do not, or
     * where it is not worth while.
     */
    Optional<Tensor> foretell(String name, Map<String, PinnedTensor> given) {
        Port port = require(outputs, "output", name);
        long[] dims = port.extents.clone();
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] < 0) {
                Axis axis = symbols.get(port.info.dims().get(i));
                PinnedTensor input = axis == null ? null : given.get(axis.input);
                if (axis == null || input == null) {
                    return Optional.empty();
                }
                dims[i] = input.tensor().shape().dim(axis.axis);
            }
        }
        Shape shape = new Shape(dims);
        return port.isShapeUnknown() || isEmpty(shape) || !OrtTensors.wrappable(port.info.elementType())
                ? Optional.empty()
                : Optional.of(OrtTensors.allocate(name, port.info.elementType(), shape));
    }

    private static boolean isEmpty(Shape shape) {
        return Arrays.stream(shape.dims()).anyMatch(dim -> dim == 0);
    }

    /** An input or output: its declaration, and its extents with -1 for a symbolic dimension. */
    private record Port(Network.TensorInfo info, long[] extents) {
        static final String UNNAMED = "?";

        static Port of(String what, String role, NodeInfo node) {
            if (!(node.getInfo() instanceof ai.onnxruntime.TensorInfo declared)) {
                throw new ZooException("%s has the %s '%s', which is not a tensor but %s; only tensors are supported"
                        .formatted(what, role, node.getName(), node.getInfo()));
            }
            ElementType type = OrtTensors.elementType(declared)
                    .orElseThrow(
                            () -> new ZooException("%s has the %s '%s' of the element type %s, which is not supported"
                                    .formatted(what, role, node.getName(), declared.onnxType)));
            long[] extents = declared.getShape();
            String[] names = declared.getDimensionNames();
            String[] dims = new String[extents.length];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = extents[i] >= 0 ? Long.toString(extents[i]) : names[i].isBlank() ? UNNAMED : names[i];
            }
            return new Port(new Network.TensorInfo(node.getName(), type, List.of(dims)), extents);
        }

        /** ONNX Runtime describes a tensor of undeclared rank as it does a scalar. */
        boolean isShapeUnknown() {
            return extents.length == 0;
        }

        void check(String role, Tensor tensor) {
            Shape shape = tensor.shape();
            if (tensor.elementType() != info.elementType()) {
                throw mismatch(role, tensor, "the element types differ");
            }
            if (isShapeUnknown()) {
                return;
            }
            if (shape.rank() != extents.length) {
                throw mismatch(role, tensor, "the ranks differ: %d and %d".formatted(shape.rank(), extents.length));
            }
            for (int i = 0; i < extents.length; i++) {
                if (extents[i] >= 0 && extents[i] != shape.dim(i)) {
                    throw mismatch(role, tensor, "axis %d is %d, not %d".formatted(i, shape.dim(i), extents[i]));
                }
            }
        }

        private InvalidInputException mismatch(String role, Tensor tensor, String difference) {
            return new InvalidInputException("%s '%s' is %s, but the network declares %s: %s"
                    .formatted(role, info.name(), tensor, info, difference));
        }
    }
}

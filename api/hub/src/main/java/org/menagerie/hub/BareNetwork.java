package org.menagerie.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.runtime.tensor.TensorArguments;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;

/**
 * An {@code .onnx} file without a card: describes its inputs and outputs, and runs it on tensors.
 *
 * @param hub fetches the file
 * @param reference a file, a URL or a source such as {@code npm:}
 */
public record BareNetwork(Hub hub, String reference) {
    /** Returns true if a text means a file, a URL or a source such as {@code npm:} rather than a model's name. */
    public static boolean isOne(String text) {
        return text.endsWith(".onnx") || text.matches("(https?|hf|npm|maven):.*");
    }

    /** Describes the network's inputs, outputs and metadata, one a line. */
    public List<String> lines() {
        return lines(hub.bare(reference), hub.options().session());
    }

    /** Describes a file's inputs, outputs and metadata, one a line. */
    public static List<String> lines(Path file, SessionOptions options) {
        try (OnnxSession network = OnnxSession.open(file, options)) {
            List<String> lines = new ArrayList<>();
            network.inputs().forEach(input -> lines.add("input   " + input));
            network.outputs().forEach(output -> lines.add("output  " + output));
            network.metadata().forEach((key, value) -> lines.add(key + ": " + value));
            return lines;
        }
    }

    /**
     * Runs the network once.
     *
     * @param arguments a {@code .npy} or {@code .json} file for each input, as {@link TensorArguments} reads them
     */
    public BareAnswer run(List<String> arguments, InputStream standardInput) throws IOException {
        try (OnnxSession network =
                OnnxSession.open(hub.bare(reference), hub.options().session())) {
            Map<String, Tensor> inputs = new TensorArguments(network.inputs(), standardInput).read(arguments);
            long start = System.nanoTime();
            Map<String, Tensor> outputs = network.run(inputs);
            double millis = (System.nanoTime() - start) / 1e6;
            Map<String, Tensor> ordered = new LinkedHashMap<>();
            for (TensorInfo output : network.outputs()) {
                Tensor tensor = outputs.get(output.name());
                if (tensor != null) {
                    ordered.put(output.name(), tensor);
                }
            }
            return new BareAnswer(reference, arguments, network.device(), millis, ordered);
        }
    }
}

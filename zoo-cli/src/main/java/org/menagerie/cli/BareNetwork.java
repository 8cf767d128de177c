package org.menagerie.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.Hub;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;

/** An {@code .onnx} file without a card: shows its inputs and outputs, and runs it on tensors. */
final class BareNetwork {
    private BareNetwork() {}

    /** True if an argument means a file, a URL or a source such as {@code npm:} rather than a model's name. */
    static boolean isOne(String argument) {
        return argument.endsWith(".onnx") || argument.matches("(https?|hf|npm|maven):.*");
    }

    static void show(Hub hub, String reference, PrintWriter out) {
        show(hub.bare(reference), reference, hub.options().session(), out);
    }

    static void show(Path file, String title, SessionOptions options, PrintWriter out) {
        try (OnnxSession network = OnnxSession.open(file, options)) {
            out.println(title);
            network.inputs().forEach(input -> out.println("  input   " + input));
            network.outputs().forEach(output -> out.println("  output  " + output));
            network.metadata().forEach((key, value) -> out.println("  " + key + ": " + value));
        }
    }

    /**
     * Runs the network once.
     *
     * @param arguments a {@code .npy} or {@code .json} file for each input, as {@code name=file} or in the inputs' order
     * @param folder where each output is written as {@code NAME.npy}; without, outputs are described only
     */
    static void run(Hub hub, String reference, List<String> arguments, @Nullable Path folder, PrintWriter out)
            throws IOException {
        try (OnnxSession network =
                OnnxSession.open(hub.bare(reference), hub.options().session())) {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                int equals = argument.indexOf('=');
                TensorInfo info =
                        equals > 0 ? named(network.inputs(), argument.substring(0, equals)) : at(network.inputs(), i);
                inputs.put(info.name(), tensor(Path.of(argument.substring(equals + 1)), info));
            }
            Map<String, Tensor> outputs = network.run(inputs);
            for (TensorInfo info : network.outputs()) {
                Tensor output = outputs.get(info.name());
                if (output == null) {
                    continue;
                }
                out.println(info.name() + " " + output);
                if (folder != null) {
                    Npy.write(folder.resolve(info.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".npy"), output);
                } else {
                    out.println("  " + TensorText.first(output));
                }
            }
        }
    }

    private static TensorInfo named(List<TensorInfo> inputs, String name) {
        return inputs.stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "The network has no input '%s'; it has %s".formatted(name, names(inputs))));
    }

    private static TensorInfo at(List<TensorInfo> inputs, int index) {
        if (index >= inputs.size()) {
            throw new InvalidInputException(
                    "The network has %d inputs, %s; more files were given".formatted(inputs.size(), names(inputs)));
        }
        return inputs.get(index);
    }

    private static String names(List<TensorInfo> inputs) {
        return inputs.stream().map(TensorInfo::toString).collect(Collectors.joining(", "));
    }

    private static Tensor tensor(Path file, TensorInfo info) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("No such file: " + file);
        }
        return file.toString().endsWith(".npy") ? Npy.read(file) : TensorJson.read(file, info);
    }
}

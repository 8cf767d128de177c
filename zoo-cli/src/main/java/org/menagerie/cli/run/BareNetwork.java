package org.menagerie.cli.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.Hub;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;

/**
 * An {@code .onnx} file without a card: shows its inputs and outputs, and runs it on tensors.
 *
 * @param hub fetches the file
 * @param reference what the user calls it
 */
public record BareNetwork(Hub hub, String reference) {
    /** True if an argument means a file, a URL or a source such as {@code npm:} rather than a model's name. */
    public static boolean isOne(String argument) {
        return argument.endsWith(".onnx") || argument.matches("(https?|hf|npm|maven):.*");
    }

    public void show(PrintWriter out) {
        show(hub.bare(reference), reference, hub.options().session(), out);
    }

    public static void show(Path file, String title, SessionOptions options, PrintWriter out) {
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
     * @param arguments a {@code .npy} or {@code .json} file for each input, as {@link TensorArguments} reads them
     * @param folder where each output is written as {@code NAME.npy}; without, text describes outputs by their first
     *     elements, and JSON holds all elements
     */
    void run(List<String> arguments, InputStream standardInput, @Nullable Path folder, boolean json, PrintWriter out)
            throws IOException {
        try (OnnxSession network =
                OnnxSession.open(hub.bare(reference), hub.options().session())) {
            Map<String, Tensor> inputs = new TensorArguments(network.inputs(), standardInput).read(arguments);
            long start = System.nanoTime();
            Map<String, Tensor> outputs = network.run(inputs);
            double millis = (System.nanoTime() - start) / 1e6;
            List<String> names = network.outputs().stream()
                    .map(TensorInfo::name)
                    .filter(outputs::containsKey)
                    .toList();
            Map<String, Path> files = folder == null ? Map.of() : TensorFiles.of(names, folder);
            files.forEach((name, file) -> Npy.write(file, tensor(outputs, name)));
            if (json) {
                StringWriter line = new StringWriter();
                try (JsonGenerator to = new JsonFactory().createGenerator((Writer) line)) {
                    to.configure(StreamWriteFeature.AUTO_CLOSE_TARGET.mappedFeature(), false);
                    write(to, arguments, network.device(), millis, names, outputs, files);
                }
                out.println(line);
            } else {
                for (String name : names) {
                    Tensor output = tensor(outputs, name);
                    Path file = files.get(name);
                    out.println(name + " " + output + (file == null ? "" : "  " + file));
                    if (file == null) {
                        out.println("  " + TensorText.first(output));
                    }
                }
            }
        }
    }

    private void write(
            JsonGenerator to,
            List<String> arguments,
            String device,
            double millis,
            List<String> names,
            Map<String, Tensor> outputs,
            Map<String, Path> files)
            throws IOException {
        to.writeStartObject();
        to.writeArrayFieldStart("inputs");
        for (String argument : arguments) {
            to.writeString(argument);
        }
        to.writeEndArray();
        to.writeStringField("model", reference);
        to.writeStringField("device", device);
        to.writeNumberField("millis", Math.round(millis * 1000) / 1000.0);
        to.writeObjectFieldStart("result");
        for (String name : names) {
            Tensor output = tensor(outputs, name);
            Path file = files.get(name);
            to.writeObjectFieldStart(name);
            to.writeStringField("type", output.elementType().shortName());
            to.writeFieldName("shape");
            to.writeArray(output.shape().dims(), 0, output.shape().rank());
            if (file == null) {
                to.writeFieldName("values");
                TensorJson.write(output, to);
            } else {
                to.writeStringField("file", file.toString());
            }
            to.writeEndObject();
        }
        to.writeEndObject();
        to.writeEndObject();
    }

    private static Tensor tensor(Map<String, Tensor> outputs, String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalStateException("The network gave no output " + name);
        }
        return tensor;
    }
}

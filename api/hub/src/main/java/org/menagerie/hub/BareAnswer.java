package org.menagerie.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.runtime.tensor.Npy;
import org.menagerie.runtime.tensor.TensorFiles;
import org.menagerie.runtime.tensor.TensorJson;
import org.menagerie.runtime.tensor.TensorText;
import org.menagerie.spi.Tensor;

/**
 * The outputs of a network without a card.
 *
 * @param network what the caller calls the network
 * @param inputs what the caller calls its inputs
 * @param device where it ran
 * @param millis how long it ran
 * @param outputs in the network's order
 */
public record BareAnswer(
        String network, List<String> inputs, String device, double millis, Map<String, Tensor> outputs) {
    /** Writes each output into a folder, as {@code NAME.npy} where the name can be that of a file; returns the files. */
    public Map<String, Path> write(Path folder) {
        Map<String, Path> files = TensorFiles.of(outputs.keySet(), folder);
        files.forEach((name, file) -> Npy.write(file, Objects.requireNonNull(outputs.get(name))));
        return files;
    }

    /**
     * Returns the outputs as lines of text.
     *
     * @param files of outputs that were written; the other outputs show their first elements
     */
    public List<String> lines(Map<String, Path> files) {
        List<String> lines = new ArrayList<>();
        outputs.forEach((name, output) -> {
            Path file = files.get(name);
            lines.add(name + " " + output + (file == null ? "" : "  " + file));
            if (file == null) {
                lines.add("  " + TensorText.first(output));
            }
        });
        return lines;
    }

    /**
     * Returns the outputs as one JSON object.
     *
     * @param files of outputs that were written; the other outputs are given with all elements
     */
    public String json(Map<String, Path> files) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = new JsonFactory().createGenerator((Writer) text)) {
            to.writeStartObject();
            to.writeFieldName("inputs");
            to.writeArray(inputs.toArray(String[]::new), 0, inputs.size());
            to.writeStringField("model", network);
            to.writeStringField("device", device);
            to.writeNumberField("millis", Math.round(millis * 1000) / 1000.0);
            to.writeObjectFieldStart("result");
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                Tensor tensor = output.getValue();
                Path file = files.get(output.getKey());
                to.writeObjectFieldStart(output.getKey());
                to.writeStringField("type", tensor.elementType().shortName());
                to.writeFieldName("shape");
                to.writeArray(tensor.shape().dims(), 0, tensor.shape().rank());
                if (file == null) {
                    to.writeFieldName("values");
                    TensorJson.write(tensor, to);
                } else {
                    to.writeStringField("file", file.toString());
                }
                to.writeEndObject();
            }
            to.writeEndObject();
            to.writeEndObject();
        }
        return text.toString();
    }
}

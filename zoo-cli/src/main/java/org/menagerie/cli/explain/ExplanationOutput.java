package org.menagerie.cli.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.menagerie.explain.Attribution;
import org.menagerie.explain.Explanation;
import org.menagerie.explain.render.Page;
import org.menagerie.runtime.tensor.Npy;
import org.menagerie.runtime.tensor.TensorJson;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.AtomicFile;

/**
 * An explanation as lines, as JSON and as files.
 *
 * @param input what the user called the input
 */
record ExplanationOutput(Explanation explanation, String input) {
    void write(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            Npy.write(file, explanation.attribution().values());
        } else if (name.endsWith(".html")) {
            AtomicFile.writeStream(
                    file, out -> out.write(Page.of(explanation.model(), lines(), explanation.picture())));
        } else {
            var picture = explanation
                    .picture()
                    .orElseThrow(() -> new InvalidInputException(
                            "The input is not a picture, so its explanation is not one; write .html or .npy"));
            AtomicFile.writeStream(file, out -> ImageIO.write(picture, "png", out));
        }
    }

    List<String> lines() {
        Attribution attribution = explanation.attribution();
        List<String> lines = new ArrayList<>();
        lines.add(explanation.caption());
        new TreeMap<>(attribution.figures())
                .forEach((name, value) -> lines.add(String.format(Locale.ROOT, "  %-20s %.6g", name, value)));
        attribution.remarks().forEach(remark -> lines.add("  " + remark));
        return lines;
    }

    String json() throws IOException {
        Attribution attribution = explanation.attribution();
        StringWriter text = new StringWriter();
        try (JsonGenerator to = new JsonFactory().createGenerator((Writer) text)) {
            to.writeStartObject();
            to.writeStringField("input", input);
            to.writeStringField("model", explanation.model());
            to.writeStringField("method", explanation.method());
            to.writeStringField("target", explanation.target());
            to.writeNumberField("score", explanation.score());
            to.writeObjectFieldStart("figures");
            for (Map.Entry<String, Double> figure : new TreeMap<>(attribution.figures()).entrySet()) {
                to.writeNumberField(figure.getKey(), figure.getValue());
            }
            to.writeEndObject();
            to.writeFieldName("remarks");
            to.writeArray(
                    attribution.remarks().toArray(String[]::new),
                    0,
                    attribution.remarks().size());
            to.writeObjectFieldStart("attribution");
            Tensor values = attribution.values();
            to.writeFieldName("shape");
            to.writeArray(values.shape().dims(), 0, values.shape().rank());
            to.writeBooleanField("signed", attribution.signed());
            to.writeFieldName("values");
            TensorJson.write(values, to);
            to.writeEndObject();
            to.writeEndObject();
        }
        return text.toString();
    }
}

package org.menagerie.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard;
import org.menagerie.weights.Safetensors;

/** Writes a model's network as an ONNX file of the graph's opset, or its weights alone. */
record NetworkExport(Zoo zoo, String model, String artifact) {
    NetworkFile write(Path output) throws IOException {
        ModelCard card = zoo.card(model);
        if (!card.artifacts().containsKey(artifact)) {
            throw new UnfitOptionException(
                    "artifact",
                    "model '%s' has no artifact '%s'; it has %s"
                            .formatted(model, artifact, card.artifacts().keySet()));
        }
        OnnxModel read = OnnxReader.read(zoo.artifact(model, artifact));
        Map<String, String> metadata = new TreeMap<>(read.metadata());
        metadata.put("menagerie.exported", card.name());
        if (output.toString().endsWith(".safetensors")) {
            new Safetensors(read.weights(), metadata).write(output);
        } else {
            OnnxWriter.write(output, read.graph(), read.weights(), metadata);
        }
        return new NetworkFile(output, read.graph().parameterCount());
    }
}

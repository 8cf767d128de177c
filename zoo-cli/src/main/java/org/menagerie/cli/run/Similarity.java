package org.menagerie.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.menagerie.decoding.Pooling;

/** The cosines between the vectors of several inputs. */
final class Similarity {
    private final List<String> names = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    void add(String name, float[] vector) {
        names.add(name);
        vectors.add(vector);
    }

    /** A line for each pair, the most alike first. */
    List<String> lines() {
        record Pair(double cosine, String line) {}
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            for (int j = i + 1; j < vectors.size(); j++) {
                double cosine = Pooling.cosine(vectors.get(i), vectors.get(j));
                pairs.add(new Pair(
                        cosine, String.format(Locale.ROOT, "%.4f  %s  |  %s", cosine, names.get(i), names.get(j))));
            }
        }
        return pairs.stream()
                .sorted((a, b) -> Double.compare(b.cosine(), a.cosine()))
                .map(Pair::line)
                .toList();
    }

    /** The inputs and the whole matrix of cosines. */
    ObjectNode json(String model) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("model", model);
        ArrayNode inputs = json.putArray("inputs");
        names.forEach(inputs::add);
        ArrayNode rows = json.putArray("similarity");
        for (float[] a : vectors) {
            ArrayNode row = rows.addArray();
            vectors.forEach(b -> row.add(Pooling.cosine(a, b)));
        }
        return json;
    }
}

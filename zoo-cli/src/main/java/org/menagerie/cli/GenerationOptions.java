package org.menagerie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How models that write texts search: options that take the place of their card's settings. */
final class GenerationOptions {
    @Option(names = "--beam", paramLabel = "N", description = "Hypotheses of the beam search that writes a text.")
    @Nullable
    Integer beam;

    @Option(names = "--n-best", paramLabel = "N", description = "Texts to answer, best first (default: 1).")
    @Nullable
    Integer nBest;

    @Option(names = "--max-length", paramLabel = "N", description = "Tokens of a text at most.")
    @Nullable
    Integer maxLength;

    @Option(names = "--length-penalty", paramLabel = "NAME", description = "Of a search: none, length or wu.")
    @Nullable
    String penalty;

    @Option(names = "--alpha", paramLabel = "X", description = "The length penalty's exponent (default: 1).")
    @Nullable
    Double alpha;

    @Option(names = "--temperature", paramLabel = "X", description = "Draw texts in place of a search; 1 is neutral.")
    @Nullable
    Double temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "Draw from the fewest tokens of this probability.")
    @Nullable
    Double topP;

    @Option(names = "--seed", paramLabel = "N", description = "Of the draws (default: 1).")
    @Nullable
    Long seed;

    /** Those that were given, by the name of the setting. */
    Map<String, JsonNode> given() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("beam", beam);
        all.put("nBest", nBest);
        all.put("maxLength", maxLength);
        all.put("penalty", penalty);
        all.put("alpha", alpha);
        all.put("temperature", temperature);
        all.put("topP", topP);
        all.put("seed", seed);
        Map<String, JsonNode> given = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value instanceof String text) {
                given.put(name, JsonNodeFactory.instance.textNode(text));
            } else if (value instanceof Double number) {
                given.put(name, JsonNodeFactory.instance.numberNode(number));
            } else if (value instanceof Number number) {
                given.put(name, JsonNodeFactory.instance.numberNode(number.longValue()));
            }
        });
        return given;
    }
}

package org.menagerie.text.tokenizerfile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is put around the tokens of a text. */
final class PostProcessors {
    private static final Set<String> TYPES =
            Set.of("BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing");
    private static final int MOST_STEPS = 20;
    private static final int MOST_DEPTH = 8;
    private static final int MOST_PIECES = 100;
    private static final int MOST_CHARS = 1_000;

    private PostProcessors() {}

    /**
     * Checks the processors.
     *
     * @param maxTokens the length that texts will be cut to, which leaves room for one token of the text at least
     */
    static void check(Part processor, int maxTokens) {
        int added = added(processor, 0);
        if (added >= maxTokens) {
            throw processor.error(
                    "adds %d tokens, which leaves no room in the %d of a text".formatted(added, maxTokens));
        }
    }

    /** The tokens that are added to one text. */
    private static int added(Part processor, int depth) {
        if (depth > MOST_DEPTH) {
            throw processor.error("is nested too deeply");
        }
        return switch (processor.type(TYPES)) {
            case "Sequence" -> {
                int sum = 0;
                for (Part step : processor.required("processors").items(MOST_STEPS)) {
                    sum += added(step, depth + 1);
                }
                yield sum;
            }
            case "BertProcessing", "RobertaProcessing" -> {
                for (String field : List.of("sep", "cls")) {
                    List<Part> pair = processor.required(field).items(2);
                    if (pair.size() != 2) {
                        throw processor.error("needs a token and its number as '%s'".formatted(field));
                    }
                    pair.get(0).text(MOST_CHARS);
                    pair.get(1).integer(0, Integer.MAX_VALUE);
                }
                yield 2;
            }
            case "TemplateProcessing" -> template(processor);
            default -> 0;
        };
    }

    private static int template(Part template) {
        Map<String, Integer> special = new HashMap<>();
        for (Part token : template.required("special_tokens").fields(MOST_PIECES)) {
            List<Part> ids = token.required("ids").items(MOST_PIECES);
            List<Part> tokens = token.required("tokens").items(MOST_PIECES);
            if (ids.size() != tokens.size()) {
                throw token.error("has %d numbers for %d tokens".formatted(ids.size(), tokens.size()));
            }
            ids.forEach(id -> id.integer(0, Integer.MAX_VALUE));
            tokens.forEach(text -> text.text(MOST_CHARS));
            special.put(token.required("id").text(MOST_CHARS), ids.size());
            String key =
                    token.where().substring(token.where().lastIndexOf("special_tokens.") + "special_tokens.".length());
            if (!special.containsKey(key)) {
                throw token.error(
                        "names itself '%s'".formatted(token.required("id").text(MOST_CHARS)));
            }
        }
        pieces(template.required("pair"), special, Set.of("A", "B"));
        return pieces(template.required("single"), special, Set.of("A"));
    }

    /** Each piece is a special token of the list, or one of the texts, all of which must come. */
    private static int pieces(Part pieces, Map<String, Integer> special, Set<String> sequences) {
        int added = 0;
        Set<String> missing = new HashSet<>(sequences);
        for (Part piece : pieces.items(MOST_PIECES)) {
            boolean sequence = piece.optional("Sequence").isPresent();
            Part kind = piece.required(sequence ? "Sequence" : "SpecialToken");
            String id = kind.required("id").text(MOST_CHARS);
            kind.required("type_id").integer(0, 255);
            if (sequence) {
                if (!missing.remove(id)) {
                    throw piece.error("has the sequence '%s' again, or one that there is not".formatted(id));
                }
                continue;
            }
            Integer count = special.get(id);
            if (count == null) {
                throw piece.error(
                        "names the special token '%s', which is not among %s".formatted(id, special.keySet()));
            }
            added += count;
        }
        if (!missing.isEmpty()) {
            throw pieces.error("leaves out the sequence " + missing);
        }
        return added;
    }
}

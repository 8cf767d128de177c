package org.menagerie.text.tokenizerfile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The four kinds of vocabulary. */
final class Vocabularies {
    private static final Set<String> TYPES = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");
    private static final int MOST_TOKENS = 2_000_000;
    private static final int MOST_CHARS = 2_000;
    private static final int MOST_AFFIX = 20;
    private static final double MOST_SCORE = 1e6;
    /** Longer words are tried piece by piece in cubic time. */
    private static final int LONGEST_WORD = 1_000;

    private Vocabularies() {}

    static void check(Part model) {
        String type = model.optional("type").isPresent() ? model.type(TYPES) : guess(model);
        if (type.equals("Unigram")) {
            unigram(model);
            return;
        }
        for (Part token : model.required("vocab").fields(MOST_TOKENS)) {
            token.integer(0, Integer.MAX_VALUE);
            if (token.where().length() > MOST_CHARS) {
                throw model.error(
                        "has a token of %,d characters".formatted(token.where().length()));
            }
        }
        model.optional("unk_token").ifPresent(token -> token.text(MOST_CHARS));
        String prefix = affix(model, "continuing_subword_prefix");
        if (type.equals("WordPiece")) {
            model.optional("max_input_chars_per_word").ifPresent(length -> length.integer(1, LONGEST_WORD));
        } else if (type.equals("BPE")) {
            affix(model, "end_of_word_suffix");
            model.optional("dropout").ifPresent(dropout -> {
                if (dropout.number(1) != 0) {
                    throw dropout.error("makes tokens random; leave it out");
                }
            });
            merges(model, prefix);
        }
    }

    /** Files of early versions do not say their model's type. */
    private static String guess(Part model) {
        if (model.optional("merges").isPresent()) {
            return "BPE";
        }
        boolean list = model.required("vocab").node().isArray();
        return list ? "Unigram" : model.optional("continuing_subword_prefix").isPresent() ? "WordPiece" : "WordLevel";
    }

    private static String affix(Part model, String field) {
        String affix = model.optional(field).map(part -> part.text(MOST_AFFIX)).orElse("");
        if (affix.chars().anyMatch(c -> c > 0x7e)) {
            throw model.error("has a %s of other characters than ASCII".formatted(field));
        }
        return affix;
    }

    private static void merges(Part model, String prefix) {
        Set<String> vocabulary = new HashSet<>();
        model.required("vocab").node().fieldNames().forEachRemaining(vocabulary::add);
        for (Part merge : model.required("merges").items(MOST_TOKENS)) {
            String left;
            String right;
            if (merge.node().isTextual()) {
                String text = merge.text(2 * MOST_CHARS);
                int space = text.indexOf(' ');
                if (space < 0 || text.indexOf(' ', space + 1) >= 0) {
                    throw merge.error("is not two tokens with a space between");
                }
                left = text.substring(0, space);
                right = text.substring(space + 1);
            } else {
                List<Part> pair = merge.items(2);
                if (pair.size() != 2) {
                    throw merge.error("is not two tokens");
                }
                left = pair.get(0).text(MOST_CHARS);
                right = pair.get(1).text(MOST_CHARS);
            }
            if (!right.startsWith(prefix)) {
                throw merge.error("has a second token without the prefix '%s'".formatted(prefix));
            }
            String merged = left + right.substring(prefix.length());
            for (String token : List.of(left, right, merged)) {
                if (!vocabulary.contains(token)) {
                    throw merge.error("needs the token '%s', which the vocabulary lacks".formatted(token));
                }
            }
        }
    }

    private static void unigram(Part model) {
        List<Part> vocabulary = model.required("vocab").items(MOST_TOKENS);
        if (vocabulary.isEmpty()) {
            throw model.error("has an empty vocabulary");
        }
        model.optional("unk_id").ifPresent(id -> id.integer(0, vocabulary.size() - 1L));
        for (Part entry : vocabulary) {
            List<Part> pair = entry.items(2);
            if (pair.size() != 2) {
                throw entry.error("is not a token and its score");
            }
            if (pair.get(0).text(MOST_CHARS).isEmpty()) {
                throw entry.error("is an empty token");
            }
            pair.get(1).number(MOST_SCORE);
        }
    }
}

package org.menagerie.text;

import org.jspecify.annotations.Nullable;

/**
 * How a card wants texts tokenized, and what the network calls its inputs. The vocabulary is an artifact.
 *
 * @param artifact the card's name for the {@code tokenizer.json}; {@code tokenizer} by default
 * @param maxTokens the length that longer texts are cut to, special tokens included; 512 by default
 * @param ids the input of token numbers; {@code input_ids} by default
 * @param mask the input that is 1 at tokens and 0 where padded; {@code attention_mask} by default, {@code none} for a
 *     network without
 * @param types the input of segment numbers; {@code token_type_ids} by default, {@code none} for a network without
 */
public record TokenizerSettings(
        @Nullable String artifact,
        @Nullable Integer maxTokens,
        @Nullable String ids,
        @Nullable String mask,
        @Nullable String types) {
    static final String NONE = "none";
    private static final int MOST_TOKENS = 8192;

    public TokenizerSettings {
        if (maxTokens != null && (maxTokens < 2 || maxTokens > MOST_TOKENS)) {
            throw new IllegalArgumentException("maxTokens must be 2 to %,d, not %,d".formatted(MOST_TOKENS, maxTokens));
        }
        if (NONE.equals(ids)) {
            throw new IllegalArgumentException("ids must name an input: no network does without token numbers");
        }
    }

    /** BERT's inputs, with texts cut to a length, or to the default one. */
    public static TokenizerSettings ofLength(@Nullable Integer maxTokens) {
        return new TokenizerSettings(null, maxTokens, null, null, null);
    }

    /** These settings without an input of segment numbers. */
    public TokenizerSettings withoutTypes() {
        return new TokenizerSettings(artifact, maxTokens, ids, mask, NONE);
    }

    String artifactOrDefault() {
        return artifact == null ? "tokenizer" : artifact;
    }

    int maxTokensOrDefault() {
        return maxTokens == null ? 512 : maxTokens;
    }

    String idsOrDefault() {
        return ids == null ? "input_ids" : ids;
    }

    String maskOrDefault() {
        return mask == null ? "attention_mask" : mask;
    }

    String typesOrDefault() {
        return types == null ? "token_type_ids" : types;
    }
}

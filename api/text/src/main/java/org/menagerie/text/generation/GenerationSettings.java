package org.menagerie.text.generation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.BeamSearch;
import org.menagerie.decoding.LengthPenalty;
import org.menagerie.decoding.Sampling;
import org.menagerie.spi.IdleSettings;

/**
 * How texts are read, searched for and written. The card's labels are the tokens by index, unless it has an artifact {@code
 * tokenizer}.
 *
 * @param input the encoder's input of characters; that of their numbers is called {@code <input>_length}; left out where a
 *     preprocessor reads, and where prompts are continued
 * @param characters the alphabet of the encoder's input: the first has index 1, 0 is padding; left out as {@code input}
 * @param lowerCase whether capital letters are taken as small ones; false
 * @param separator stands between the tokens of an answer and of a prompt; a space; {@code none} for nothing, where tokens are
 *     characters
 * @param start the label of the token that starts a text; {@code <s>}
 * @param end the label of the token that ends one; {@code </s>}
 * @param beam hypotheses of a beam search; 1, which is greedy search
 * @param nBest texts to answer; 1
 * @param maxLength tokens at most, the end token included; 100
 * @param penalty for length; none
 * @param alpha the penalty's exponent; 1
 * @param temperature draws texts in place of a search: 1 from the network's own distribution, lower ones nearer to the most
 *     probable; a search
 * @param topTokens of the tokens to draw from, the most; all
 * @param topP the probability in all of those to draw from, at least; 1
 * @param seed of the draws; 1
 * @param attention whether answers tell what the network looked at; false
 */
public record GenerationSettings(
        @Nullable String input,
        @Nullable String characters,
        @Nullable Boolean lowerCase,
        @Nullable String separator,
        @Nullable String start,
        @Nullable String end,
        @Nullable Integer beam,
        @Nullable Integer nBest,
        @Nullable Integer maxLength,
        @Nullable Penalty penalty,
        @Nullable Double alpha,
        @Nullable Double temperature,
        @Nullable Integer topTokens,
        @Nullable Double topP,
        @Nullable Long seed,
        @Nullable Boolean attention)
        implements IdleSettings {
    /** What log probabilities are divided by; see {@link LengthPenalty}. */
    public enum Penalty {
        NONE,
        LENGTH,
        WU
    }

    public GenerationSettings {
        if (characters != null && characters.isEmpty()) {
            throw new IllegalArgumentException("characters must name at least one");
        }
        requireAtLeastOne("beam", beam);
        requireAtLeastOne("nBest", nBest);
        requireAtLeastOne("maxLength", maxLength);
        requireAtLeastOne("topTokens", topTokens);
        if (temperature != null && !(temperature >= 0)) {
            throw new IllegalArgumentException("temperature must be at least 0, not " + temperature);
        }
        if (topP != null && !(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be over 0 and at most 1, not " + topP);
        }
        if (temperature == null && or(nBest, 1) > or(beam, 1)) {
            throw new IllegalArgumentException("The %d best of a beam of %d cannot be told; widen the beam to %1$d"
                    .formatted(or(nBest, 1), or(beam, 1)));
        }
    }

    private static void requireAtLeastOne(String name, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
        }
    }

    @Override
    public Map<String, String> idle() {
        Map<String, String> idle = new LinkedHashMap<>();
        if (samples()) {
            for (String ofSearch : List.of("beam", "penalty", "alpha")) {
                idle.put(ofSearch, "a temperature draws texts in place of a search");
            }
        } else {
            for (String ofDraws : List.of("topTokens", "topP", "seed")) {
                idle.put(ofDraws, "texts are searched for, not drawn, unless there is a temperature");
            }
            if (or(penalty, Penalty.NONE) == Penalty.NONE) {
                idle.put("alpha", "there is no length penalty");
            }
        }
        return idle;
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    boolean lowerCaseOrDefault() {
        return or(lowerCase, false);
    }

    String separatorOrDefault() {
        return "none".equals(separator) ? "" : or(separator, " ");
    }

    String startOrDefault() {
        return or(start, "<s>");
    }

    String endOrDefault() {
        return or(end, "</s>");
    }

    /** Whether texts can be shown while they are written. */
    boolean streams() {
        return width() == 1;
    }

    boolean attentionOrDefault() {
        return or(attention, false);
    }

    boolean samples() {
        return temperature != null;
    }

    /** Rows of the step network that one input takes at most. */
    int width() {
        return samples() ? or(nBest, 1) : or(beam, 1);
    }

    BeamSearch search(int startToken, int endToken) {
        double exponent = or(alpha, 1.0);
        LengthPenalty chosen = switch (or(penalty, Penalty.NONE)) {
            case NONE -> new LengthPenalty.None();
            case LENGTH -> new LengthPenalty.Length(exponent);
            case WU -> new LengthPenalty.Wu(exponent);
        };
        return new BeamSearch(or(beam, 1), or(nBest, 1), chosen, startToken, endToken, or(maxLength, 100));
    }

    /**
     * The way to draw.
     *
     * @param place of the first input among all
     */
    Sampling sampling(int startToken, int endToken, int place) {
        return new Sampling(
                or(temperature, 1.0).floatValue(),
                or(topTokens, Integer.MAX_VALUE),
                or(topP, 1.0).floatValue(),
                or(seed, 1L) + place,
                startToken,
                endToken,
                or(maxLength, 100));
    }
}

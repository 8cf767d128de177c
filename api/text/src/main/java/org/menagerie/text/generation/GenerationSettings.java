package org.menagerie.text.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.BeamSearch;
import org.menagerie.decoding.Constraints;
import org.menagerie.decoding.Diversity;
import org.menagerie.decoding.LengthPenalty;
import org.menagerie.decoding.Rules;
import org.menagerie.decoding.Sampling;
import org.menagerie.decoding.Stopping;
import org.menagerie.decoding.TokenRule;
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
 * @param search when a beam search is done: {@code beam} when nothing open can win; {@code course} when as many texts have ended as
 *     the beam is wide, with the mean log probability of a token as the score; beam
 * @param stopAfter ends a search after so many texts have ended, in place of when nothing open can win
 * @param coverage weight of the penalty on parts of the input that were not looked at (Wu 2016); 0
 * @param groups of a diverse beam (Vijayakumar 2016); 1
 * @param diversity what a token counts less, in log probability, for each earlier group that chose it in the same step; 0.5
 * @param minLength tokens at least, before the end token; 0
 * @param noRepeat forbids to repeat so many tokens in a row; none
 * @param prefix what every text begins with
 * @param only the texts that may be written; any
 * @param stop texts that end an answer, which is cut before them; {@code \\n} stands for a line's end
 * @param penalty for length; none
 * @param alpha the penalty's exponent; 1
 * @param temperature draws texts in place of a search: 1 from the network's own distribution, lower ones nearer to the most
 *     probable; a search
 * @param topTokens of the tokens to draw from, the most; all
 * @param topP the probability in all of those to draw from, at least; 1
 * @param minP the probability of each token to draw from, at least, as a share of the most probable one's; 0
 * @param repetitionPenalty makes tokens that were written less likely to be drawn (Keskar 2019), above 1; 1
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
        @Nullable Search search,
        @Nullable Integer stopAfter,
        @Nullable Double coverage,
        @Nullable Integer groups,
        @Nullable Double diversity,
        @Nullable Integer minLength,
        @Nullable Integer noRepeat,
        @Nullable String prefix,
        @Nullable List<String> only,
        @Nullable List<String> stop,
        @Nullable Penalty penalty,
        @Nullable Double alpha,
        @Nullable Double temperature,
        @Nullable Integer topTokens,
        @Nullable Double topP,
        @Nullable Double minP,
        @Nullable Double repetitionPenalty,
        @Nullable Long seed,
        @Nullable Boolean attention)
        implements IdleSettings {
    /** What log probabilities are divided by; see {@link LengthPenalty}. */
    public enum Penalty {
        NONE,
        LENGTH,
        WU
    }

    /** When a beam search is done, and what it ranks by; see {@link Stopping}. */
    public enum Search {
        BEAM,
        COURSE
    }

    public GenerationSettings {
        if (characters != null && characters.isEmpty()) {
            throw new IllegalArgumentException("characters must name at least one");
        }
        requireAtLeastOne("beam", beam);
        requireAtLeastOne("nBest", nBest);
        requireAtLeastOne("maxLength", maxLength);
        requireAtLeastOne("topTokens", topTokens);
        requireAtLeastOne("stopAfter", stopAfter);
        requireAtLeastOne("groups", groups);
        requireAtLeastOne("noRepeat", noRepeat);
        requireAtLeastZero("coverage", coverage);
        requireAtLeastZero("diversity", diversity);
        requireAtLeastZero("minLength", minLength == null ? null : Double.valueOf(minLength));
        if (minP != null && !(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("minP must be 0 to 1, not " + minP);
        }
        if (repetitionPenalty != null && !(repetitionPenalty > 0)) {
            throw new IllegalArgumentException("repetitionPenalty must be over 0, not " + repetitionPenalty);
        }
        if (temperature == null && or(beam, 1) % or(groups, 1) != 0) {
            throw new IllegalArgumentException(
                    "A beam of %d cannot be split into %d groups of equal width".formatted(or(beam, 1), groups));
        }
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

    private static void requireAtLeastZero(String name, @Nullable Double value) {
        if (value != null && !(value >= 0)) {
            throw new IllegalArgumentException("%s must be at least 0, not %s".formatted(name, value));
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
            for (String ofSearch :
                    List.of("beam", "search", "stopAfter", "coverage", "groups", "diversity", "penalty", "alpha")) {
                idle.put(ofSearch, "a temperature draws texts in place of a search");
            }
        } else {
            for (String ofDraws : List.of("topTokens", "topP", "minP", "repetitionPenalty", "seed")) {
                idle.put(ofDraws, "texts are searched for, not drawn, unless there is a temperature");
            }
            if (or(search, Search.BEAM) == Search.COURSE) {
                idle.put("penalty", "the search 'course' ranks by the mean log probability");
                idle.put("alpha", "the search 'course' ranks by the mean log probability");
            } else if (or(penalty, Penalty.NONE) == Penalty.NONE) {
                idle.put("alpha", "there is no length penalty");
            }
            if (or(groups, 1) == 1) {
                idle.put("diversity", "the beam has one group");
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

    /** Tokens at most, the end token included. */
    public int longest() {
        return or(maxLength, 100);
    }

    /** The stated settings that change which tokens a greedy search writes. */
    public List<String> beyondGreedy() {
        Map<String, @Nullable Object> rules = new LinkedHashMap<>();
        rules.put("minLength", minLength);
        rules.put("noRepeat", noRepeat);
        rules.put("prefix", prefix);
        rules.put("only", only);
        rules.put("stop", stop);
        rules.put("temperature", temperature);
        rules.values().removeIf(stated -> stated == null);
        return List.copyOf(rules.keySet());
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

    private LengthPenalty lengthPenalty() {
        double exponent = or(alpha, 1.0);
        return switch (or(penalty, Penalty.NONE)) {
            case NONE -> new LengthPenalty.None();
            case LENGTH -> new LengthPenalty.Length(exponent);
            case WU -> new LengthPenalty.Wu(exponent);
        };
    }

    /** Whether a search scores by what was looked at. */
    boolean covers() {
        return !samples() && or(coverage, 0.0) > 0;
    }

    BeamSearch beamSearch(SpecialTokens special, Constraints constraints) {
        boolean course = or(search, Search.BEAM) == Search.COURSE;
        int width = or(beam, 1);
        Stopping stopping = stopAfter != null
                ? new Stopping.AfterEnded(stopAfter)
                : course ? new Stopping.AfterEnded(width) : new Stopping.NothingCanWin();
        return new BeamSearch(
                width,
                or(nBest, 1),
                course ? new LengthPenalty.Length(1) : lengthPenalty(),
                special.start(),
                special.end(),
                longest(),
                stopping,
                or(coverage, 0.0),
                new Diversity(or(groups, 1), or(groups, 1) == 1 ? 0 : or(diversity, 0.5)),
                constraints);
    }

    /**
     * The way to draw.
     *
     * @param place of the first input among all
     */
    Sampling sampling(SpecialTokens special, Constraints constraints, int place) {
        return new Sampling(
                or(temperature, samples() ? 1.0 : 0.0).floatValue(),
                or(topTokens, Integer.MAX_VALUE),
                or(topP, 1.0).floatValue(),
                or(minP, 0.0).floatValue(),
                or(seed, 1L) + place,
                special.start(),
                special.end(),
                longest(),
                constraints);
    }

    /** What texts may say, in tokens. */
    Constraints constraints(Vocabulary vocabulary, SpecialTokens special) {
        List<TokenRule> rules = new ArrayList<>();
        if (minLength != null) {
            rules.add(Rules.minimumLength(minLength, special.end()));
        }
        if (noRepeat != null) {
            rules.add(Rules.noRepeatedNgram(noRepeat));
        }
        if (repetitionPenalty != null) {
            rules.add(Rules.repetitionPenalty(repetitionPenalty));
        }
        if (prefix != null) {
            rules.add(Rules.prefix(vocabulary.read(prefix)));
        }
        if (only != null) {
            if (special.end() < 0) {
                throw new IllegalArgumentException("only a model with an end token can be held to a list of texts");
            }
            rules.add(Rules.only(only.stream().map(vocabulary::read).toList(), special.end()));
        }
        return new Constraints(rules, stop == null ? Constraints.NONE.stop() : stops().in(vocabulary));
    }

    StopStrings stops() {
        return new StopStrings(or(stop, List.<String>of()).stream()
                .map(text -> text.replace("\\n", "\n"))
                .toList());
    }
}

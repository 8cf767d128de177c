package org.menagerie.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.settings.SettingValue;
import picocli.CommandLine.Option;

/** Options that replace settings of a model's card: named ones for models that write texts, and {@code --set} for any. */
public final class GenerationOptions {
    @Option(names = "--beam", paramLabel = "N", description = "Text: number of hypotheses of the beam search.")
    @Nullable
    Integer beam;

    @Option(names = "--n-best", paramLabel = "N", description = "Text: number of answers, best first (default: 1).")
    @Nullable
    Integer nBest;

    @Option(names = "--max-length", paramLabel = "N", description = "Text: maximum number of tokens.")
    @Nullable
    Integer maxLength;

    @Option(
            names = "--length-penalty",
            paramLabel = "NAME",
            completionCandidates = Candidates.Penalties.class,
            description = "Text: length penalty of the beam search: none, length or wu.")
    @Nullable
    String penalty;

    @Option(names = "--alpha", paramLabel = "X", description = "Text: exponent of the length penalty (default: 1).")
    @Nullable
    Double alpha;

    @Option(
            names = "--temperature",
            paramLabel = "X",
            description = "Text: sample instead of searching; 1 is the network's own distribution.")
    @Nullable
    Double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Text: sample from the fewest tokens whose probabilities add up to P.")
    @Nullable
    Double topP;

    @Option(names = "--seed", paramLabel = "N", description = "Text: seed of the samples (default: 1).")
    @Nullable
    Long seed;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Replaces any setting of the model's decoder or kind, for example threshold=0.5.")
    Map<String, String> set = new LinkedHashMap<>();

    /** All of these options, given or not. */
    public List<SettingOption> all() {
        List<SettingOption> all = new ArrayList<>(List.of(
                SettingOption.of("--beam", beam, "beam"),
                SettingOption.of("--n-best", nBest, "nBest"),
                SettingOption.of("--max-length", maxLength, "maxLength"),
                SettingOption.of("--length-penalty", penalty, "penalty"),
                SettingOption.of("--alpha", alpha, "alpha"),
                SettingOption.of("--temperature", temperature, "temperature"),
                SettingOption.of("--top-p", topP, "topP"),
                SettingOption.of("--seed", seed, "seed")));
        set.forEach((name, text) ->
                all.add(new SettingOption("--set %s=%s".formatted(name, text), List.of(name), SettingValue.of(text))));
        return all;
    }
}

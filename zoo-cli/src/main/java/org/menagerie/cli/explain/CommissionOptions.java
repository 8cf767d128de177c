package org.menagerie.cli.explain;

import ai.djl.modality.cv.Image;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.option.Candidates;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.explain.imagine.Commission;
import org.menagerie.explain.imagine.Imaginer;
import picocli.CommandLine.Option;

/** The pictures that the user wants. */
final class CommissionOptions {
    private static final String ALL = "all";

    @Option(
            names = "--method",
            paramLabel = "NAME[:KEY=VALUE,...]",
            completionCandidates = Candidates.ImagineMethods.class,
            description = {
                "Method (default: activation-maximization), with its settings: deep-dream:octaves=3,size=400.",
                "One of: ${COMPLETION-CANDIDATES}."
            })
    String method = "activation-maximization";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description =
                    "Target, for methods that need one: a class by name or number, or elements of an output or layer such as logits[5] or relu_9[12,:,:]; 'all' for a sheet of every class. Repeat it for a sheet of several.")
    List<String> targets = List.of();

    @Option(
            names = "--random-weights",
            paramLabel = "SEED",
            description = "Use random weights in place of the network's own.")
    @Nullable
    Long randomWeights;

    /** A commission for each target; one without a target if the user named none. */
    List<Commission> of(CommonOptions common, String model, Imaginer imaginer, List<Image> pictures) {
        OptionalLong seed = randomWeights == null ? OptionalLong.empty() : OptionalLong.of(randomWeights);
        return targets(common, model, imaginer).stream()
                .map(target -> new Commission(method, target, pictures, seed))
                .toList();
    }

    private List<String> targets(CommonOptions common, String model, Imaginer imaginer) {
        if (targets.equals(List.of(ALL))) {
            if (imaginer.classes().isEmpty()) {
                throw common.wrongUse("--target all: '%s' names no classes".formatted(model));
            }
            return imaginer.classes();
        }
        return targets.isEmpty() ? List.of("") : targets;
    }
}

package org.menagerie.cli.explain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.option.Candidates;
import org.menagerie.explain.Question;
import picocli.CommandLine.Option;

/** What is explained, and how. */
final class QuestionOptions {
    @Option(
            names = "--method",
            paramLabel = "NAME[:KEY=VALUE,...]",
            completionCandidates = Candidates.Methods.class,
            description = {
                "Method (default: saliency), with its settings: smooth-grad:samples=64,noise=.15.",
                "One of: ${COMPLETION-CANDIDATES}."
            })
    String method = "saliency";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description =
                    "Target of the explanation: argmax, a class by name or number, or elements of an output or layer such as logits[5] or scores[3,:,0:2] (default: argmax).")
    String target = Question.ARGMAX;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description =
                    "The layer that a method looks at, by name or by a pattern with *, for methods that look at one (default: the last map).")
    @Nullable
    String layer;

    @Option(
            names = "--check",
            description =
                    "Measure whether the map can be trusted: deletion and insertion curves, and its correlation with the map of a network with random weights.")
    boolean check;

    Question question() {
        return new Question(method, target, Optional.ofNullable(layer), check);
    }
}

package org.menagerie.cli.studio;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.option.Candidates;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.settings.ComponentText;
import org.menagerie.training.recipe.Committee;
import org.menagerie.training.recipe.Recipe;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options of training: what they leave out comes from a card's recipe, then from the recipe's defaults. */
final class RecipeOptions {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Data set, such as fashion-mnist, which is downloaded if needed, or idx:FOLDER.")
    @Nullable
    String data;

    @Option(names = "--epochs", paramLabel = "N", description = "Number of passes through the data (default: 10).")
    @Nullable
    Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            converter = BatchSize.class,
            description = "Examples per step, or 'all' (default: the optimizer's; see zoo kinds optimizer).")
    @Nullable
    Integer batchSize;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random generator (default: 1).")
    @Nullable
    Long seed;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME[:KEY=VALUE,...]",
            completionCandidates = Candidates.Optimizers.class,
            description = {
                "Optimizer (default: adam), with its settings: adam:beta1=.95,epsilon=1e-7.",
                "One of: ${COMPLETION-CANDIDATES}."
            })
    @Nullable
    String optimizer;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Learning rate (default: the optimizer's own).")
    @Nullable
    Double learningRate;

    @Option(names = "--momentum", paramLabel = "X", description = "Momentum, for optimizers that have this setting.")
    @Nullable
    Double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Weight decay, for optimizers that have this setting (default: the optimizer's).")
    @Nullable
    Double weightDecay;

    @Option(
            names = "--schedule",
            paramLabel = "NAME[:KEY=VALUE,...]",
            completionCandidates = Candidates.Schedules.class,
            description = {
                "Schedule of the learning rate (default: cosine), with its settings: step:factor=.2.",
                "One of: ${COMPLETION-CANDIDATES}."
            })
    @Nullable
    String schedule;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description = "Epochs during which the learning rate grows from zero (default: 0).")
    @Nullable
    Integer warmup;

    @Option(
            names = "--augment",
            paramLabel = "NAME[:KEY=VALUE,...]",
            completionCandidates = Candidates.Augmentations.class,
            description = {
                "Random changes of the training data (default: none), with their settings: crop:padding=4.",
                "A list such as flip,crop, or several options. One of: ${COMPLETION-CANDIDATES}."
            })
    @Nullable
    List<String> augment;

    @Option(
            names = "--clip-norm",
            paramLabel = "X",
            description = "Largest global norm of the gradients (default: no limit).")
    @Nullable
    Double clipNorm;

    @Option(names = "--l1", paramLabel = "X", description = "Weight of the L1 penalty (default: 0).")
    @Nullable
    Double l1;

    @Option(names = "--l2", paramLabel = "X", description = "Weight of the L2 penalty (default: 0).")
    @Nullable
    Double l2;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after N epochs without improvement (default: never).")
    @Nullable
    Integer patience;

    @Option(
            names = "--steps-per-run",
            paramLabel = "N",
            description = "Training steps per call of ONNX Runtime (default: 1).")
    @Nullable
    Integer stepsPerRun;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = {
                "Parts of a batch that are computed side by side, on one thread each (default: 1).",
                "As many as there are cores is often faster. Batch normalisation then takes each part's own statistics."
            })
    @Nullable
    Integer replicas;

    @Option(
            names = "--ensemble",
            paramLabel = "N",
            description = "Train N networks and combine their answers in one file.")
    @Nullable
    Integer ensemble;

    @Option(
            names = "--members",
            paramLabel = "KIND",
            description = "How the networks of an ensemble differ: seeds (default), bootstrap, snapshots.")
    Committee.@Nullable Kind members;

    @Option(
            names = "--combine",
            paramLabel = "HOW",
            description =
                    "How the networks are combined: mean of probabilities (default), vote, or weights, which averages them into one network.")
    Committee.@Nullable Answer combine;

    /** A number, or {@code all}. */
    static final class BatchSize implements CommandLine.ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("all|[1-9]\\d{0,8}")) {
                throw new CommandLine.TypeConversionException(
                        "'%s' is neither a number of at least 1 nor 'all'".formatted(text));
            }
            return text.equals("all") ? Recipe.ALL : Integer.parseInt(text);
        }
    }

    private @Nullable Committee committee() {
        if (ensemble != null) {
            return new Committee(
                    ensemble,
                    members == null ? Committee.Kind.SEEDS : members,
                    combine == null ? Committee.Answer.MEAN : combine);
        }
        if (members != null || combine != null) {
            throw new InvalidInputException("--members and --combine need --ensemble N");
        }
        return null;
    }

    private static @Nullable Component component(String option, @Nullable String text) {
        return text == null ? null : ComponentText.parse(option, text);
    }

    private static List<Component> augmentations(List<String> texts) {
        Set<String> names = new HashSet<>();
        List<Component> all = texts.stream()
                .flatMap(text -> ComponentText.parseAll("--augment", text).stream())
                .toList();
        for (Component augmentation : all) {
            if (!names.add(augmentation.name())) {
                throw new InvalidInputException("--augment states '%s' twice".formatted(augmentation.name()));
            }
        }
        return all;
    }

    Recipe recipe() {
        return new Recipe(
                data,
                epochs,
                batchSize,
                seed,
                component("--optimizer", optimizer),
                learningRate,
                momentum,
                weightDecay,
                component("--schedule", schedule),
                warmup,
                augment == null ? null : augmentations(augment),
                clipNorm,
                l1,
                l2,
                patience,
                stepsPerRun,
                replicas,
                committee());
    }
}

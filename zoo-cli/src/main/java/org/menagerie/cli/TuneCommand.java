package org.menagerie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.transfer.BatchStatistics;
import org.menagerie.graph.transfer.FineTuning;
import org.menagerie.graph.transfer.ParameterChoice;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.data.FittedImages;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Plan;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.Subject;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.recipe.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo tune}: gives a network that was made elsewhere a new head and trains it. */
@Command(
        name = "tune",
        description = "Puts a new head on an ONNX file or a model and trains it to classify pictures.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo tune backbone.onnx --data fashion-mnist --head classes=10 -o tuned",
            "  zoo tune pp-ocr --artifact orientation --size 48x192 --data fashion-mnist --head classes=10 \\",
            "      --train 'head.*' --epochs 2 -o tuned-ocr",
            "",
            "The output folder holds the checkpoint, the best weights, the network NAME.onnx and a card, as with zoo train."
        })
final class TuneCommand implements Callable<Integer> {
    private static final String ARTIFACT = "--artifact";
    private static final String TRAIN = "--train";
    private static final String LAST_LAYERS = "--last-layers";

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE|MODEL", description = "An ONNX file, or a model's name.")
    String source = "";

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = ARTIFACT,
            paramLabel = "NAME",
            description = "The network to tune, if the model has several (default: model).")
    String artifact = "model";

    @Option(
            names = "--head",
            paramLabel = "KEY=VALUE",
            description = {
                "Number of classes, as classes=N (default: the data's).",
                "Value of the network that the head reads, as at=VALUE (default: its last features)."
            })
    Map<String, String> head = new LinkedHashMap<>();

    @Option(
            names = TRAIN,
            split = ",",
            paramLabel = "GLOB",
            description = "Train only the parameters with such names (default: all).")
    List<String> train = List.of();

    @Option(names = LAST_LAYERS, paramLabel = "N", description = "Train only the last N layers.")
    @Nullable
    Integer lastLayers;

    @Option(names = "--size", paramLabel = "HxW", description = "Size of the pictures, if the network takes any size.")
    @Nullable
    String size;

    @Option(names = "--batch-statistics", description = "Also update the statistics of batch normalisation.")
    boolean batchStatistics;

    @Mixin
    RunOptions run = new RunOptions();

    @Override
    public Integer call() throws IOException {
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            common.fromArguments(() -> {
                run.check(name());
                return choice();
            });
            Recipe whole = common.fromArguments(recipe::recipe);
            Plan plan = common.fromArguments(() -> whole.plan(TrainingKinds.of(zoo::components)));
            Path file = file(zoo);
            OnnxModel model = OnnxReader.read(file);
            Splits raw = HubDatasets.of(zoo, common.console())
                    .open(common.fromArguments(() -> HubDatasets.named(zoo, source, whole)));
            FineTuning transfer = common.fromArguments(
                    () -> transfer(model, raw.train().info().labels().size()));
            Splits splits = FittedImages.of(raw, common.fromArguments(() -> pictures(transfer.build(Mode.INFERENCE))));
            FineTuning.Result start = common.fromArguments(() -> transfer.result(1));
            TrainingRun training =
                    common.fromArguments(() -> new TrainingRun(subject(transfer, start), plan, run.session()));
            return run.execute(
                    common,
                    training,
                    splits,
                    name(),
                    result -> new TrainedCard(
                            name(),
                            new TrainedCard.Origin.Tuned(source, trained(start)),
                            RunOptions.lasting(RunOptions.typed(common)),
                            Task.classification(),
                            whole,
                            result,
                            splits));
        }
    }

    private Path file(Zoo zoo) {
        if (TextArgument.existing(source).filter(Files::isRegularFile).isPresent()) {
            common.refuse("an ONNX file, which is one network", ARTIFACT);
            return Path.of(source);
        }
        if (source.endsWith(".onnx")) {
            throw common.wrongUse("There is no file '%s'".formatted(source));
        }
        return zoo.artifact(source, artifact);
    }

    private String name() {
        String file = String.valueOf(Path.of(source).getFileName()).replaceAll("\\.onnx$", "");
        return file.replaceAll("[^a-zA-Z0-9._-]", "-").toLowerCase(java.util.Locale.ROOT) + "-tuned";
    }

    private FineTuning transfer(OnnxModel model, int labels) {
        for (String key : head.keySet()) {
            if (!Set.of("classes", "at").contains(key)) {
                throw new InvalidInputException("--head has no '%s'; it has classes and at".formatted(key));
            }
        }
        String wanted = head.getOrDefault("classes", Integer.toString(labels));
        if (!wanted.matches("[1-9]\\d{0,8}")) {
            throw new InvalidInputException("--head classes must be a number of at least 1; found " + wanted);
        }
        int classes = Integer.parseInt(wanted);
        String at = head.get("at");
        FineTuning transfer = FineTuning.of(model);
        transfer = at == null ? transfer.withHead(classes) : transfer.withHeadAt(at, classes);
        if (batchStatistics) {
            transfer = transfer.withStatistics(BatchStatistics.TRAINED);
        }
        return transfer.withChoice(choice());
    }

    /** Which parameters are trained. */
    private ParameterChoice choice() {
        if (lastLayers == null) {
            return train.isEmpty() ? ParameterChoice.all() : ParameterChoice.matching(train.toArray(String[]::new));
        }
        if (!train.isEmpty()) {
            throw new InvalidInputException(
                    "%s and %s both choose what is trained; give one of them".formatted(TRAIN, LAST_LAYERS));
        }
        if (lastLayers < 1) {
            throw new InvalidInputException("%s must be at least 1; found %d".formatted(LAST_LAYERS, lastLayers));
        }
        return ParameterChoice.lastLayers(lastLayers);
    }

    /** What pictures the network takes. */
    private FittedImages.Size pictures(GraphBuilder network) {
        List<Value> inputs = network.build().inputs();
        Value input = inputs.get(0);
        if (inputs.size() != 1 || input.rank() != 4 || !input.dim(1).isFixed()) {
            throw new InvalidInputException(
                    "zoo tune feeds pictures f32[N,C,H,W]; '%s' takes %s".formatted(source, inputs));
        }
        int[] given = size == null ? new int[0] : parse(size);
        return new FittedImages.Size(
                input.name(),
                (int) input.dim(1).value(),
                extent(input.dim(2), given, 0),
                extent(input.dim(3), given, 1));
    }

    private static int[] parse(String size) {
        if (!size.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            throw new InvalidInputException("--size is height x width, for example 48x192; found " + size);
        }
        return java.util.Arrays.stream(size.split("x"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private int extent(Dim dim, int[] given, int index) {
        if (given.length > 0 && dim.isFixed() && given[index] != dim.value()) {
            throw new InvalidInputException("--size asks for a %s of %d; '%s' takes %d only"
                    .formatted(index == 0 ? "height" : "width", given[index], source, dim.value()));
        }
        if (given.length > 0) {
            return given[index];
        }
        if (!dim.isFixed()) {
            throw new InvalidInputException(
                    "'%s' takes pictures of any size: choose one with --size".formatted(source));
        }
        return (int) dim.value();
    }

    /** A new head is no pretrained weight: each member of an ensemble draws its own from its seed. */
    private Subject subject(FineTuning transfer, FineTuning.Result start) {
        Objective objective = mode -> {
            GraphBuilder g = transfer.build(mode);
            return new Objective.Built(g, Architecture.classificationLoss(g));
        };
        Map<String, Tensor> pretrained = new LinkedHashMap<>(start.weights());
        pretrained.keySet().removeAll(start.drawn());
        return Subject.of(
                name(),
                objective,
                Task.classification(),
                pretrained,
                start.trains()::contains,
                Map.of("menagerie.source", source, "menagerie.trains", trained(start)));
    }

    private static String trained(FineTuning.Result start) {
        return "%d of %d parameters"
                .formatted(start.trains().size(), start.weights().size());
    }
}

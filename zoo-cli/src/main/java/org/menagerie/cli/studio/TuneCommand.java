package org.menagerie.cli.studio;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.TextArgument;
import org.menagerie.graph.transfer.BatchStatistics;
import org.menagerie.graph.transfer.ParameterChoice;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.studio.Studio;
import org.menagerie.studio.TuneOptions;
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
public final class TuneCommand implements Callable<Integer> {
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
    public Integer call() {
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Studio studio = Studio.of(zoo);
            boolean file = isFile();
            TuneOptions options = common.fromArguments(() -> new TuneOptions(
                    source,
                    file ? null : artifact,
                    recipe.recipe(),
                    head(),
                    choice(),
                    batchStatistics ? BatchStatistics.TRAINED : BatchStatistics.FROZEN,
                    size == null ? null : size(size),
                    run.settings()));
            return run.execute(common, studio, listener -> studio.tune(options, listener));
        }
    }

    private boolean isFile() {
        if (TextArgument.existing(source).filter(Files::isRegularFile).isPresent()) {
            common.refuse("an ONNX file, which is one network", ARTIFACT);
            return true;
        }
        if (source.endsWith(".onnx")) {
            throw common.wrongUse("There is no file '%s'".formatted(source));
        }
        return false;
    }

    private TuneOptions.Head head() {
        for (String key : head.keySet()) {
            if (!Set.of("classes", "at").contains(key)) {
                throw new InvalidInputException("--head has no '%s'; it has classes and at".formatted(key));
            }
        }
        String classes = head.get("classes");
        if (classes != null && !classes.matches("[1-9]\\d{0,8}")) {
            throw new InvalidInputException("--head classes must be a number of at least 1; found " + classes);
        }
        return new TuneOptions.Head(classes == null ? null : Integer.valueOf(classes), head.get("at"));
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

    private static TuneOptions.Size size(String text) {
        if (!text.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            throw new InvalidInputException("--size is height x width, for example 48x192; found " + text);
        }
        String[] sides = text.split("x", 2);
        return new TuneOptions.Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }
}

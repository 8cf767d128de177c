package org.menagerie.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo train}: trains an architecture, or repeats a card's recipe. */
@Command(
        name = "train",
        description = "Trains an architecture from scratch, or repeats the recipe of a model's card.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo train lenet --data fashion-mnist --epochs 30 -o runs/lenet",
            "  zoo train lenet-fashion-mnist -o runs/again",
            "  zoo train lenet --data idx:/data/kmnist --optimizer momentum --learning-rate 0.05 --resume -o runs/kmnist",
            "  zoo train lenet --data fashion-mnist --ensemble 5 --members bootstrap -o runs/five",
            "",
            "The folder gets checkpoint, best weights, the exported NAME.onnx and a card: run it with",
            "  zoo run --catalog runs/lenet lenet picture.png"
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "An architecture, one of its variants, or a model.")
    String name = "";

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(names = "--config", paramLabel = "KEY=VALUE", description = "Of the architecture, for example classes=10.")
    Map<String, String> config = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where the run is kept (default: runs/NAME).")
    @Nullable
    Path output;

    @Option(names = "--resume", description = "Go on from the folder's checkpoint.")
    boolean resume;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, cuda or cuda:N (default: cpu).")
    String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", description = "Of ONNX Runtime (default: 2).")
    int threads = 2;

    @Override
    public Integer call() throws Exception {
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Trainee trainee = Trainee.find(zoo, name);
            Recipe whole = common.fromArguments(
                    () -> Recipe.defaults().with(trainee.recipe()).with(recipe.recipe()));
            SessionOptions options = common.fromArguments(() ->
                    SessionOptions.defaults().withDevice(Device.parse(device)).withThreads(threads));
            Splits splits = HubDatasets.of(zoo).open(common.fromArguments(() -> HubDatasets.named(zoo, name, whole)));
            Trainee.Chosen chosen = common.fromArguments(
                    () -> trainee.configured(config, splits.train().info()));
            Path folder = output == null ? Path.of("runs", name) : output;
            TrainingRun run = common.fromArguments(() -> new TrainingRun(chosen.subject(), whole, options));
            Console console = common.console();
            TrainingProgress progress = new TrainingProgress(
                    console,
                    run.stepsPerEpoch(splits),
                    whole.batchSize(splits.train().size()));
            TrainingRun.Result result = run.execute(splits, folder, resume, progress);
            ObjectNode settings = chosen.config();
            new TrainedCard(
                            chosen.subject().name(),
                            trainee.architecture(),
                            settings,
                            chosen.subject().task(),
                            whole,
                            result,
                            splits)
                    .publish(folder, console);
        }
        return ExitCodes.OK;
    }
}

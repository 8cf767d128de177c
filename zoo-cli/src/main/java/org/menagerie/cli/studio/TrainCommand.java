package org.menagerie.cli.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.settings.SettingValue;
import org.menagerie.studio.Studio;
import org.menagerie.studio.TrainOptions;
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
            "The output folder holds the checkpoint, the best weights, the network NAME.onnx and a card. Run the result with",
            "  zoo run --catalog runs/lenet lenet picture.png",
            "Ctrl-C writes a checkpoint and prints the command that continues."
        })
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "An architecture, a variant of one, or a model.")
    String name = "";

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = "--config",
            paramLabel = "KEY=VALUE",
            description = "Setting of the architecture, for example classes=10.")
    Map<String, String> config = new LinkedHashMap<>();

    @Mixin
    RunOptions run = new RunOptions();

    @Override
    public Integer call() {
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Studio studio = Studio.of(zoo);
            Map<String, JsonNode> settings = new LinkedHashMap<>();
            config.forEach((key, text) -> settings.put(key, SettingValue.of(text)));
            return run.execute(
                    common,
                    studio,
                    listener -> studio.train(
                            common.fromArguments(
                                    () -> new TrainOptions(name, recipe.recipe(), settings, run.settings())),
                            listener));
        }
    }
}

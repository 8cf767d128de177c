package org.menagerie.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo eval}: a model's metrics on a data set, from inputs to answers as a user gets them. */
@Command(
        name = "eval",
        description = "Measures a model on the test part of a data set.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo eval lenet-fashion-mnist",
            "  zoo eval lenet-fashion-mnist --data idx:/data/kmnist --split validation --json",
            "  zoo eval g2p-lstm-cmudict --beam 10"
        })
final class EvalCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    String model = "";

    @Option(names = "--data", paramLabel = "DATA", description = "A data set (default: the card's).")
    @Nullable
    String data;

    @Option(names = "--split", paramLabel = "PART", description = "train, validation or test (default: test).")
    String split = "test";

    @Mixin
    GenerationOptions generation = new GenerationOptions();

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, cuda or cuda:N (default: auto).")
    String device = "auto";

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
        ZooOptions options = common.fromArguments(() -> common.zooOptions().withDevice(Device.parse(device)));
        try (Zoo zoo = Zoo.open(options)) {
            ModelCard card = zoo.card(model);
            ModelSignature signature = zoo.signature(model);
            Evaluation.Kind kind = Evaluation.of(signature);
            TypedModel<?, ?> typed =
                    new SettingOptions(generation.all()).load(zoo, model, signature, kind.settings(signature));
            String specification = data == null ? cardData(card) : data;
            Splits splits = HubDatasets.of(zoo).open(specification);
            Dataset part = splits.part(split);
            print(kind.create().apply(part, card).of(typed), part);
        }
        return ExitCodes.OK;
    }

    private static String cardData(ModelCard card) {
        String stated =
                card.recipe().map(recipe -> recipe.as(Recipe.class).data()).orElse(null);
        if (stated != null) {
            return stated;
        }
        return card.datasets().stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "The card of '%s' names no data set; give one with --data".formatted(card.name())));
    }

    private void print(Map<String, Double> metrics, Dataset part) {
        if (json) {
            ObjectNode line = JsonNodeFactory.instance
                    .objectNode()
                    .put("model", model)
                    .put("data", part.info().name())
                    .put("examples", part.size());
            metrics.forEach((name, value) -> line.put(name, Math.round(value * 1e4) / 1e4));
            common.console().out().println(line);
            return;
        }
        common.console()
                .out()
                .println("%s on %s (%,d examples): %s"
                        .formatted(model, part.info().name(), part.size(), TrainingProgress.text(metrics)));
    }
}

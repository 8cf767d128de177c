package org.menagerie.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
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
import org.menagerie.training.data.Datasets;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo eval}: a model's metrics on a data set, from inputs to answers as a user gets them. */
@Command(
        name = "eval",
        description = {
            "Measures a model on the test part of a data set, or on all examples of a file that does not state parts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo eval lenet-fashion-mnist",
            "  zoo eval lenet-fashion-mnist --data idx:/data/kmnist --split validation --json",
            "  zoo eval yolo-fashion-scenes --data coco:annotations.json,images/,channels=1",
            "  zoo eval g2p-lstm-cmudict --beam 10"
        })
final class EvalCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    String model = "";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Data set, or format:LOCATION (default: the card's data set).")
    @Nullable
    String data;

    @Option(
            names = "--split",
            paramLabel = "PART",
            completionCandidates = Candidates.Parts.class,
            description =
                    "Part to measure: train, validation, test, or all of a file without parts (default: test; all of such a file,"
                            + " unless the model was trained on it).")
    @Nullable
    String split;

    @Mixin
    GenerationOptions generation = new GenerationOptions();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Device: auto, cpu, cuda or cuda:N (default: auto).")
    String device = "auto";

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Override
    public Integer call() {
        ZooOptions options = common.fromArguments(() -> common.zooOptions().withDevice(Device.parse(device)));
        try (Zoo zoo = Zoo.open(options)) {
            ModelCard card = zoo.card(model);
            requireParts();
            if (data != null) {
                HubDatasets.of(zoo, common.console()).requireKnown(data);
            }
            ModelSignature signature = zoo.signature(model);
            Evaluation.Kind kind = Evaluation.of(signature);
            TypedModel<?, ?> typed =
                    new SettingOptions(generation.all()).load(zoo, model, signature, kind.settings(signature));
            Dataset part = part(HubDatasets.of(zoo, common.console()), card);
            print(kind.create().apply(part, card).of(typed), part);
        }
        return ExitCodes.OK;
    }

    private void requireParts() {
        if (split != null && !split.equals(ALL) && !Splits.PARTS.contains(split)) {
            throw common.wrongUse("Unknown part '%s'; expected one of %s or %s"
                    .formatted(split, String.join(", ", Splits.PARTS), ALL));
        }
    }

    /** The examples to measure on. A model is measured on the test part of the data that it was trained on. */
    private Dataset part(Datasets datasets, ModelCard card) {
        Optional<String> trainedOn = trainedOn(card);
        String specification = data != null ? data : trainedOn.orElseGet(() -> published(card));
        boolean seen = trainedOn.isPresent() && trainedOn.get().equals(specification);
        if (split == null ? !seen : split.equals(ALL)) {
            Optional<Dataset> whole = datasets.whole(specification);
            if (whole.isPresent()) {
                return whole.get();
            }
            if (split != null) {
                throw common.wrongUse("--split %s needs a file without parts; '%s' has %s"
                        .formatted(ALL, specification, String.join(", ", Splits.PARTS)));
            }
        }
        if (split == null && data != null && seen) {
            common.console()
                    .say(
                            "'%s' was trained on this data, so its test part is measured; --split %s measures all of a file without parts"
                                    .formatted(model, ALL));
        }
        return datasets.open(specification).part(split == null ? "test" : split);
    }

    private static Optional<String> trainedOn(ModelCard card) {
        return card.recipe().map(recipe -> recipe.as(Recipe.class).data());
    }

    private static String published(ModelCard card) {
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

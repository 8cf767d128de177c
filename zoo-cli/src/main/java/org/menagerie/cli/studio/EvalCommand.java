package org.menagerie.cli.studio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.Candidates;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.DeviceOption;
import org.menagerie.cli.option.GenerationOptions;
import org.menagerie.cli.option.SettingOptions;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.studio.Studio;
import org.menagerie.studio.StudioListener;
import org.menagerie.studio.metric.EvaluateOptions;
import org.menagerie.studio.metric.EvaluationReport;
import org.menagerie.studio.metric.Figures;
import org.menagerie.studio.report.EvaluationPage;
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
            "  zoo eval yolo-fashion-scenes --report reports/yolo",
            "  zoo eval g2p-lstm-cmudict --beam 10"
        })
public final class EvalCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    String model = "";

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = {
                "Metric to measure by (default: the usual one for what the model answers).",
                "Metric 'loss' gives the loss of a network of texts and what training reports beside it."
            })
    @Nullable
    String metric;

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

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description =
                    "Folder for a page with the figures of each class, the confusion matrix, curves and the worst errors;"
                            + " one HTML file that loads nothing from elsewhere.")
    @Nullable
    Path report;

    @Mixin
    GenerationOptions generation = new GenerationOptions();

    @Mixin
    DeviceOption device = new DeviceOption();

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Override
    public Integer call() {
        ZooOptions options = device.zooOptions(common);
        try (Zoo zoo = Zoo.open(options)) {
            Studio studio = Studio.of(zoo);
            StudioListener remarks = new TrainingProgress(common.console(), () -> false);
            EvaluateOptions wanted = new EvaluateOptions(model, metric, data, split, Map.of(), report);
            print(new SettingOptions(generation.all())
                    .apply(zoo.signature(model), settings -> studio.evaluate(wanted.withSettings(settings), remarks)));
            if (report != null) {
                common.console().say("wrote " + report.resolve(EvaluationPage.FILE));
            }
        }
        return ExitCodes.OK;
    }

    private void print(EvaluationReport report) {
        if (json) {
            ObjectNode line = JsonNodeFactory.instance
                    .objectNode()
                    .put("model", report.model())
                    .put("data", report.data())
                    .put("examples", report.examples());
            report.figures()
                    .forEach((name, value) -> line.set(
                            name, value.isNaN() ? line.nullNode() : line.numberNode(Math.round(value * 1e4) / 1e4)));
            common.console().out().println(line);
            return;
        }
        common.console()
                .out()
                .println("%s on %s (%,d examples): %s"
                        .formatted(report.model(), report.data(), report.examples(), Figures.text(report.figures())));
    }
}

package org.menagerie.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.DeviceOption;
import org.menagerie.cli.option.InputOptions;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.explain.Explainer;
import org.menagerie.explain.Explanation;
import org.menagerie.explain.Question;
import org.menagerie.hub.BareNetwork;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo explain}: why a network answers as it does. */
@Command(
        name = "explain",
        description =
                "Shows what in an input made a model answer as it did. 'zoo kinds explanation' lists the methods with their"
                        + " settings, and 'zoo show MODEL --layers' the layers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo explain resnet20-fashion-mnist boot.png -o why.png",
            "  zoo explain resnet20-fashion-mnist boot.png --method grad-cam --target Sneaker -o why.png",
            "  zoo explain resnet20-fashion-mnist boot.png --method smooth-grad:samples=64,noise=.15 -o map.npy",
            "  zoo explain resnet20-fashion-mnist boot.png --method integrated-gradients --json",
            "  zoo explain resnet20-fashion-mnist boot.png --method guided-backpropagation --check",
            "  zoo explain backbone.onnx image=boot.npy --method occlusion --target logits[9] -o why.html"
        })
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "A model's name, CATALOG/NAME, an .onnx file, or a URL or an hf:, npm: or maven: reference to one.")
    String model = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "Input of the model. An .onnx file takes a .npy or JSON file per input, or NAME=FILE.")
    List<String> inputs = List.of();

    @Mixin
    QuestionOptions asking = new QuestionOptions();

    @Mixin
    InputOptions reading = new InputOptions();

    @Mixin
    DeviceOption device = new DeviceOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write a picture (.png), a page (.html), or the numbers in the input's shape (.npy).")
    @Nullable
    Path output;

    @Option(names = "--json", description = "Print one JSON object with all numbers.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        if (output != null) {
            OutputFile.of(common, output, ".png", ".html", ".npy");
        }
        ZooOptions options = device.zooOptions(common);
        Question question = asking.question();
        ExplainedInput given = new ExplainedInput(common, reading, model, inputs);
        try (Zoo zoo = Zoo.open(options);
                ExplanationProgress progress = new ExplanationProgress(common.console(), "explaining", "runs")) {
            if (BareNetwork.isOne(model)) {
                common.refuse("an .onnx file without a card", "--max-pixels", "--text", "--file");
                Path file = zoo.hub().bare(model);
                try (Explainer explainer = Explainer.bare(zoo, file, model)) {
                    print(explainer.explain(given.tensors(file, options), question, progress));
                }
                return ExitCodes.OK;
            }
            try (Explainer explainer = Explainer.of(zoo, model)) {
                Object input = given.of(zoo.inputs(explainer.input()));
                print(explainer.explain(input, question, progress));
            }
        }
        return ExitCodes.OK;
    }

    private void print(Explanation explanation) throws IOException {
        ExplanationOutput told = new ExplanationOutput(explanation, String.join(" ", inputs));
        if (output != null) {
            told.write(output);
            common.console().say("Wrote " + output);
        }
        if (json) {
            common.console().out().println(told.json());
        } else {
            told.lines().forEach(common.console().out()::println);
        }
    }
}

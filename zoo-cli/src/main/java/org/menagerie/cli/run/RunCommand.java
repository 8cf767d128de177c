package org.menagerie.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.DeviceOption;
import org.menagerie.cli.option.GenerationOptions;
import org.menagerie.cli.option.InputOptions;
import org.menagerie.cli.option.SettingOption;
import org.menagerie.cli.option.SettingOptions;
import org.menagerie.hub.BareAnswer;
import org.menagerie.hub.BareNetwork;
import org.menagerie.hub.BatchRun;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.spi.Model;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.text.generation.TextGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo run}: a model's answers to inputs. */
@Command(
        name = "run",
        description = "Runs a model on files, globs, folders, URLs, texts, or standard input ('-').",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo run lenet-fashion-mnist boot.png",
            "  zoo run blazeface-front 'photos/*.jpg' --json",
            "  zoo run pp-ocr page.png --draw lines.png",
            "  zoo run all-minilm-l6-v2 \"The weather is lovely today.\" \"It's so sunny outside!\" --similarity",
            "  zoo run g2p-lstm-cmudict menagerie --beam 5 --n-best 3 --attention map.png",
            "  zoo run network.onnx x.npy mask=mask.json -o out",
            "  curl -s https://example.org/a.png | zoo run lenet-fashion-mnist -"
        })
public final class RunCommand implements Callable<Integer> {
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
    AnswerOptions answers = new AnswerOptions();

    @Mixin
    GenerationOptions generation = new GenerationOptions();

    @Mixin
    InputOptions reading = new InputOptions();

    @Mixin
    DeviceOption device = new DeviceOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "For an .onnx file without a card: write each output as NAME.npy into this folder.")
    @Nullable
    Path output;

    @Override
    public Integer call() throws Exception {
        common.fromArguments(() -> {
            answers.check();
            return answers;
        });
        ZooOptions options = device.zooOptions(common);
        if (BareNetwork.isOne(model)) {
            common.allowOnly("an .onnx file without a card", "--device", "--json", "--output");
            BareAnswer answer = new BareNetwork(new Hub(options), model).run(inputs, System.in);
            Map<String, Path> files = output == null ? Map.of() : answer.write(output);
            List<String> lines = answers.json ? List.of(answer.json(files)) : answer.lines(files);
            lines.forEach(common.console().out()::println);
            return ExitCodes.OK;
        }
        try (Zoo zoo = Zoo.open(options)) {
            common.refuse("a model with a card; --json prints its answers", "--output");
            ModelSignature signature = zoo.signature(model);
            Optional<? extends AnswerKind<?>> kind = zoo.answers().kind(signature.output());
            common.fromArguments(() -> {
                answers.check(signature, kind);
                reading.check(model, zoo.inputs(signature.input()).kind());
                return signature;
            });
            List<SettingOption> settings = new ArrayList<>(generation.all());
            settings.addAll(answers.settings(signature, kind));
            return run(zoo, new SettingOptions(settings).load(zoo, model, signature), answers.topK(signature));
        }
    }

    private <I, O> int run(Zoo zoo, TypedModel<I, O> typed, int topK) throws Exception {
        List<Found<I>> found = reading.find(zoo.inputs(typed.input()), inputs, common.console());
        if (answers.attention != null && found.size() > 1) {
            throw common.wrongUse("--attention draws one text; found %d inputs".formatted(found.size()));
        }
        Optional<TextGenerator<I>> followed = followed(typed.model());
        if (followed.isPresent()) {
            return new LiveTexts<>(followed.get(), common.console()).write(found);
        }
        AnswerView view = zoo.answers()
                .view(null)
                .withLabels(typed.model().card().labels())
                .withTopK(topK);
        AnswerPrinter<I, O> printer =
                new AnswerPrinter<>(answers, common.console(), model, typed.device(), view, found.size() > 1);
        new BatchRun<>(typed.model()).run(found, printer);
        return printer.end();
    }

    /** The model as a writer of texts that a person watches; empty if there is no terminal, or more than the text is asked for. */
    private <I> Optional<TextGenerator<I>> followed(Model<I, ?> written) {
        return Console.outIsTerminal() && answers.textAlone()
                ? TextGenerator.<I>find(written).filter(TextGenerator::canBeFollowed)
                : Optional.empty();
    }
}

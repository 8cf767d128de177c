package org.menagerie.cli;

import ai.djl.modality.cv.Image;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.InputReader.Input;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.spi.answer.Answers;
import org.menagerie.vision.PictureReader;
import picocli.CommandLine.ArgGroup;
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
final class RunCommand implements Callable<Integer> {
    private static final String ATTENTION = "attention";

    /** Inputs that are read and predicted together. */
    private static final int BATCH = 16;

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

    @Option(
            names = "--json",
            description =
                    "Print one JSON object per input and line. Boxes, points and corners are in pixels of the picture.")
    boolean json;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Device: auto, cpu, cuda or cuda:N (default: auto).")
    String device = "auto";

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = {
                "Classification: number of classes to answer (default: 5).",
                "Text: sample from the K most probable tokens (default: all)."
            })
    @Nullable
    Integer mostClasses;

    @Mixin
    GenerationOptions generation = new GenerationOptions();

    @Option(
            names = "--attention",
            paramLabel = "FILE",
            description = "Text: draw as a PNG what each generated token attended to.")
    @Nullable
    Path attention;

    @Option(
            names = "--draw",
            paramLabel = "FILE",
            description = "Write the picture with the answer drawn on it; for several pictures, FILE is a folder.")
    @Nullable
    Path draw;

    @ArgGroup
    @Nullable
    Readings readings;

    /** What arguments of a model that takes texts are. */
    static final class Readings {
        @Option(names = "--text", description = "Take every argument as a text, even if a file has that name.")
        boolean text;

        @Option(names = "--file", description = "Take every argument as a file, folder, glob, URL or '-'.")
        boolean file;

        InputReader.Reading reading() {
            return text ? InputReader.Reading.TEXTS : file ? InputReader.Reading.FILES : InputReader.Reading.BY_LOOK;
        }
    }

    @Option(
            names = "--similarity",
            description = "Print the cosine similarities of the inputs' vectors instead of the vectors.")
    boolean similarity;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "For an .onnx file without a card: write each output as NAME.npy into this folder.")
    @Nullable
    Path output;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            description = "The most pixels of a picture, up to 500,000,000 (default: 200,000,000).")
    @Nullable
    Long maxPixels;

    private int topK = 5;
    private final List<String> failures = new ArrayList<>();
    private final Similarity vectors = new Similarity();

    @Nullable
    private PictureFiles pictures;

    private AnswerView view = new Answers(List.of()).view(null);

    @Override
    public Integer call() throws Exception {
        ZooOptions options = common.fromArguments(this::options);
        if (BareNetwork.isOne(model)) {
            common.allowOnly("an .onnx file without a card", "--device", "--json", "--output");
            new BareNetwork(new Hub(options), model)
                    .run(inputs, System.in, output, json, common.console().out());
            return ExitCodes.OK;
        }
        try (Zoo zoo = Zoo.open(options)) {
            common.refuse("a model with a card; --json prints its answers", "--output");
            ModelSignature signature = zoo.signature(model);
            Answers answers = zoo.answers();
            Optional<? extends AnswerKind<?>> kind = answers.kind(signature.output());
            common.fromArguments(() -> check(signature, kind));
            TypedModel<?, ?> typed = settings(signature, kind).load(zoo, model, signature);
            InputReader reader = new InputReader(typed.input(), options.offline(), System.in, pictures(typed.input()));
            List<Input> found = reader.find(
                    inputs, readings == null ? InputReader.Reading.BY_LOOK : readings.reading(), common.console()::say);
            if (attention != null && found.size() > 1) {
                throw common.wrongUse("--attention draws one text; found %d inputs".formatted(found.size()));
            }
            view = answers.view(null).withLabels(typed.model().card().labels()).withTopK(topK);
            pictures = draw == null ? null : PictureFiles.to("--draw", draw, found.size() > 1);
            for (int from = 0; from < found.size(); from += BATCH) {
                batch(typed, found.subList(from, Math.min(found.size(), from + BATCH)), found.size() > 1);
            }
        }
        if (similarity && json) {
            common.console().out().println(vectors.json(model));
        } else if (similarity) {
            vectors.lines().forEach(common.console().out()::println);
        }
        if (failures.isEmpty()) {
            return ExitCodes.OK;
        }
        failures.forEach(common.console()::say);
        return ExitCodes.FAILURE;
    }

    private ZooOptions options() {
        if (mostClasses != null && mostClasses < 1) {
            throw new ZooException("--top-k must be at least 1, found " + mostClasses);
        }
        return common.zooOptions().withDevice(Device.parse(device));
    }

    /** Fails if an option does not fit what the model answers, before anything is fetched. */
    private ModelSignature check(ModelSignature signature, Optional<? extends AnswerKind<?>> kind) {
        String answers =
                "; model '%s' answers %s".formatted(model, signature.output().getSimpleName());
        if (similarity && kind.flatMap(AnswerKind::vector).isEmpty()) {
            throw new InvalidInputException("--similarity compares vectors" + answers);
        }
        if (attention != null && !has(kind, ATTENTION, signature.input())) {
            throw new InvalidInputException("--attention draws a text that the model writes" + answers);
        }
        if (draw != null && !has(kind, AnswerKind.DRAWING, signature.input())) {
            throw new InvalidInputException("--draw cannot show what this model answers (%s to %s)"
                    .formatted(
                            signature.input().getSimpleName(),
                            signature.output().getSimpleName()));
        }
        if (maxPixels != null && signature.input() != Image.class) {
            throw new InvalidInputException("--max-pixels is for models that take pictures; model '%s' takes %s"
                    .formatted(model, new InputFiles(signature.input(), "").plural()));
        }
        if (readings != null && readings.text && signature.input() != String.class) {
            throw new InvalidInputException("--text is for models that take texts; model '%s' takes %s"
                    .formatted(model, new InputFiles(signature.input(), "").plural()));
        }
        return signature;
    }

    private static boolean has(Optional<? extends AnswerKind<?>> kind, String picture, Class<?> input) {
        return kind.map(known -> known.pictures().get(picture))
                .filter(known -> known.input().isAssignableFrom(input))
                .isPresent();
    }

    /** Options that replace settings of the model's decoder or kind. */
    private SettingOptions settings(ModelSignature signature, Optional<? extends AnswerKind<?>> kind) {
        boolean ofAnswer = kind.filter(AnswerKind::ranked).isPresent() && !signature.has("topK");
        topK = mostClasses != null ? mostClasses : signature.has("topK") ? Integer.MAX_VALUE : topK;
        List<SettingOption> options = new ArrayList<>(generation.all());
        options.add(SettingOption.of("--top-k", ofAnswer ? null : mostClasses, "topK", "topTokens"));
        options.add(SettingOption.of("--attention", attention == null ? null : true, "attention"));
        return new SettingOptions(options);
    }

    /** Reads, predicts and prints; an input that fails does not keep the others from being answered. */
    private void batch(TypedModel<?, ?> typed, List<Input> batch, boolean several) throws Exception {
        List<Input> read = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Input input : batch) {
            try {
                values.add(input.read().call());
                read.add(input);
            } catch (InvalidInputException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        try {
            predict(typed, read, values, several);
        } catch (InvalidInputException e) {
            if (values.size() == 1) {
                failures.add("%s: %s".formatted(read.get(0).name(), e.getMessage()));
                return;
            }
            for (int i = 0; i < values.size(); i++) {
                one(typed, read.get(i), values.get(i));
            }
        }
    }

    private void one(TypedModel<?, ?> typed, Input input, Object value) throws IOException {
        try {
            predict(typed, List.of(input), List.of(value), true);
        } catch (InvalidInputException e) {
            failures.add("%s: %s".formatted(input.name(), e.getMessage()));
        }
    }

    private void predict(TypedModel<?, ?> typed, List<Input> inputs, List<Object> values, boolean several)
            throws IOException {
        if (values.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        List<?> answers = typed.predictAny(values);
        double millis = (System.nanoTime() - start) / 1e6 / values.size();
        for (int i = 0; i < answers.size(); i++) {
            Object answer = answers.get(i);
            String name = inputs.get(i).name();
            AnswerView told = view.of(values.get(i));
            if (answer != null && pictures != null) {
                write(pictures, name, told.picture(AnswerKind.DRAWING, answer));
            }
            if (answer != null && attention != null) {
                write(PictureFiles.to("--attention", attention, false), name, told.picture(ATTENTION, answer));
            }
            Optional<float[]> vector = similarity ? told.vector(answer) : Optional.empty();
            if (vector.isPresent()) {
                vectors.add(name, vector.get());
            } else {
                print(typed, name, told, answer, millis, several);
            }
        }
    }

    private void write(PictureFiles files, String name, Optional<BufferedImage> picture) {
        picture.map(drawn -> files.write(name, drawn))
                .ifPresent(file -> common.console().say("Wrote " + file));
    }

    /** The reader of pictures that are not too large. */
    private PictureReader pictures(Class<?> input) {
        if (maxPixels == null) {
            return new PictureReader();
        }
        if (input != Image.class) {
            throw common.wrongUse("--max-pixels is for models that take pictures; '%s' takes %s"
                    .formatted(model, input.getSimpleName()));
        }
        if (maxPixels < 1 || maxPixels > PictureReader.LARGEST_MOST_PIXELS) {
            throw common.wrongUse(
                    "--max-pixels must be 1 to %,d, not %,d".formatted(PictureReader.LARGEST_MOST_PIXELS, maxPixels));
        }
        return new PictureReader(maxPixels);
    }

    private void print(
            TypedModel<?, ?> typed,
            String name,
            AnswerView told,
            @Nullable Object answer,
            double millis,
            boolean several)
            throws IOException {
        var out = common.console().out();
        if (json) {
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("input", name)
                    .put("model", model)
                    .put("device", typed.device())
                    .put("millis", Math.round(millis * 1000) / 1000.0);
            line.set("result", told.json(answer));
            out.println(line);
            return;
        }
        if (several) {
            out.println(name);
        }
        List<String> lines = told.text(answer);
        lines.forEach(line -> out.println(several ? "  " + line : line));
    }
}

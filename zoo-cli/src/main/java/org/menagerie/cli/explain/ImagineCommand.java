package org.menagerie.cli.explain;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.cli.option.DeviceOption;
import org.menagerie.cli.option.OutputFile;
import org.menagerie.explain.imagine.Commission;
import org.menagerie.explain.imagine.Imagined;
import org.menagerie.explain.imagine.Imaginer;
import org.menagerie.explain.imagine.Pixels;
import org.menagerie.explain.render.Figure;
import org.menagerie.hub.BareNetwork;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.vision.ImageReader;
import org.menagerie.weights.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo imagine}: pictures made by optimising a network's input. */
@Command(
        name = "imagine",
        description =
                "Makes a picture by optimising a network's input: what a class, channel or unit answers to most, a"
                        + " dream, or one picture in the style of another. 'zoo kinds imagine' lists the methods with their settings.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo imagine resnet20-fashion-mnist --target Sneaker -o sneaker.png",
            "  zoo imagine lenet-fashion-mnist --target all -o classes.png",
            "  zoo imagine yolox-nano-coco --method deep-dream:octaves=2,size=256 picture.png -o dream.png",
            "  zoo imagine backbone.onnx --pixels signed --method style-transfer:size=28 boot.png page.png -o style.png"
        })
public final class ImagineCommand implements Callable<Integer> {
    private static final int CELL = 112;

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
            arity = "0..*",
            paramLabel = "PICTURE",
            description = "Picture to begin with: one for deep-dream; the content, then the style, for style-transfer.")
    List<Path> pictures = List.of();

    @Mixin
    CommissionOptions wanted = new CommissionOptions();

    @Option(
            names = "--pixels",
            paramLabel = "RANGE",
            description =
                    "Range of the pictures that an .onnx file takes: unit (0 to 1), signed (-1 to 1), byte (0 to 255) or imagenet (default: unit).")
    @Nullable
    Pixels pixels;

    @Mixin
    DeviceOption device = new DeviceOption();

    @Option(names = "--plain", description = "Write the picture alone, without its caption.")
    boolean plain;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The picture to write; its name ends in .png.")
    Path output = Path.of("");

    @Override
    public Integer call() throws IOException {
        OutputFile.of(common, output, ".png");
        ZooOptions options = device.zooOptions(common);
        List<Image> begun = pictures.stream().map(new ImageReader()::read).toList();
        try (Zoo zoo = Zoo.open(options);
                ExplanationProgress progress = new ExplanationProgress(common.console(), "imagining", "steps");
                Imaginer imaginer = imaginer(zoo)) {
            List<Commission> commissions = wanted.of(common, model, imaginer, begun);
            List<Imagined> made = new ArrayList<>();
            for (Commission commission : commissions) {
                Imagined imagined = imaginer.imagine(commission, progress);
                made.add(imagined);
                imagined.caption().forEach(common.console().out()::println);
            }
            BufferedImage picture =
                    picture(made, commissions.stream().map(Commission::target).toList());
            AtomicFile.writeStream(output, out -> ImageIO.write(picture, "png", out));
            common.console().say("Wrote " + output);
        }
        return ExitCodes.OK;
    }

    private Imaginer imaginer(Zoo zoo) {
        if (BareNetwork.isOne(model)) {
            return Imaginer.bare(zoo, zoo.hub().bare(model), model, pixels == null ? Pixels.UNIT : pixels);
        }
        common.refuse("a model with a card, which knows how its network takes pictures", "--pixels");
        return Imaginer.of(zoo, model);
    }

    private BufferedImage picture(List<Imagined> made, List<String> labels) {
        Imagined first = made.get(0);
        if (made.size() == 1) {
            return plain ? first.picture() : first.figure();
        }
        BufferedImage sheet = Figure.sheet(made.stream().map(Imagined::picture).toList(), labels, CELL);
        return plain
                ? sheet
                : Figure.captioned(sheet, List.of("%s: %s".formatted(model, wanted.method), first.weights()));
    }
}

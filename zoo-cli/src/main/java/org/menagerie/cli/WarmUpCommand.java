package org.menagerie.cli;

import ai.djl.modality.Classifications;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.vision.ImageReader;
import picocli.CommandLine.Command;

/** Loads the classes that commands need, so that the launcher can archive them. Prints nothing. */
@Command(name = "warm-up", hidden = true)
public final class WarmUpCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Path cards = Files.createTempDirectory("zoo-warm-up");
        List<Path> broken = List.of(cards.resolve("a.md"), cards.resolve("b.md"));
        for (Path card : broken) {
            Files.writeString(card, "no card");
        }
        Main.run(nowhere, nowhere, "list", "--catalog", cards.toString());
        Main.run(nowhere, nowhere, "list", "--json");
        for (Path card : broken) {
            Files.delete(card);
        }
        Files.delete(cards);
        Main.run(nowhere, nowhere, "search", "grey");
        Main.run(nowhere, nowhere, "--help");
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", png);
        Object picture = new ImageReader().read(png.toByteArray(), "blank.png");
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withOffline(true).withDevice(Device.CPU))) {
            AnswerView view = zoo.answers().view(picture);
            view.text(new Classifications(List.of("a"), List.of(1.0)));
            view.json(new Classifications(List.of("a"), List.of(1.0)));
            zoo.cards().stream()
                    .filter(card -> card.size() < 50_000_000 && zoo.hub().installed(card))
                    .findFirst()
                    .ifPresent(card -> zoo.load(card.name()));
        }
        return ExitCodes.OK;
    }
}

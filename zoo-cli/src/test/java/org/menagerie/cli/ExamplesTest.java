package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.tensor.Npy;
import org.menagerie.spi.Tensor;
import picocli.CommandLine;

/**
 * Runs every example of every {@code --help} in bash, word for word. The network is not used: an example that needs what is
 * not on this machine must end with the exit code for that. Data sets are small ones, and trainings last one epoch.
 */
class ExamplesTest {
    /** Models, data and catalogs that are not part of this project: their examples may end with "not available offline". */
    private static final List<String> FROM_ELSEWHERE = List.of(
            "blazeface",
            "pp-ocr",
            "all-minilm",
            "eval g2p-lstm-cmudict",
            "fashion-scenes",
            "example.org/models",
            "hf:");

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Path data = Files.createDirectories(folder.resolve("data"));
        shorten(Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("whole"))), data);
        Files.createDirectories(folder.resolve("bin"));
        for (String name : List.of("boot.png", "picture.png", "page.png")) {
            Files.copy(Fixtures.copy("images/ankle-boot.png", folder), work.resolve(name));
        }
        BufferedImage photo = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(
                photo,
                "jpg",
                Files.createDirectories(work.resolve("photos")).resolve("a.jpg").toFile());
        coco(work.resolve("annotations.json"), work.resolve("images"));
        for (String part : List.of("train", "test")) {
            coco(work.resolve("scenes/" + part + ".json"), work.resolve("scenes/" + part));
        }
        Path cards = folder.resolve("home/my-cards");
        CardText.write(cards, "mine", new byte[10], "file:mine.onnx");
        Files.createDirectories(folder.resolve("home/.config/fish/completions"));
        GraphBuilder g = new GraphBuilder("sum", Mode.INFERENCE);
        g.output("sum", g.add(g.input("x", "f32[N]"), g.input("mask", "f32[N]")));
        Files.write(work.resolve("network.onnx"), OnnxWriter.toBytes(g.build(), Map.of(), Map.of()));
        Npy.write(work.resolve("x.npy"), Tensor.of(new float[] {1, 2, 3}, 3));
        Npy.write(work.resolve("boot.npy"), Tensor.of(new float[28 * 28], 1, 1, 28, 28));
        Files.writeString(work.resolve("mask.json"), "[1, 0, 1]");
        assertThat(Command.zoo(
                                "export",
                                "lenet-fashion-mnist",
                                "-o",
                                work.resolve("backbone.onnx").toString())
                        .exitCode())
                .isZero();
        executable("curl", "cat '%s'".formatted(work.resolve("boot.png")));
        executable("zoo", """
                words=() one= data=
                for word; do
                    if [ "$one" ]; then word=1 one=; fi
                    case $word in
                        fashion-mnist | idx:/data/kmnist) word='idx:%s' ;;
                        --epochs) one=yes ;;
                        --data) data=yes ;;
                    esac
                    words+=("$word")
                done
                case $1 in
                    train | tune)
                        [ "$data" ] || words+=(--data 'idx:%1$s')
                        [[ " $* " == *' --epochs '* ]] || words+=(--epochs 1)
                        ;;
                    eval) [ "$data" ] || [ "$2" != lenet-fashion-mnist ] || words+=(--data 'idx:%1$s') ;;
                esac
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "${words[@]}"
                """.formatted(
                        data,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
    }

    /** Copies the beginning of each IDX file: a few batches, because every training costs time. */
    private static void shorten(Path whole, Path beginning) throws IOException {
        try (Stream<Path> files = Files.list(whole)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                int examples = name.startsWith("train") ? 256 : 64;
                int header = name.contains("images") ? 16 : 8;
                try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                    byte[] bytes = in.readNBytes(header + examples * (name.contains("images") ? 28 * 28 : 1));
                    ByteBuffer.wrap(bytes).putInt(Integer.BYTES, examples);
                    Files.write(beginning.resolve(name.replace(".gz", "")), bytes);
                }
            }
        }
    }

    private static void executable(String name, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Seventy grey squares of one garment each: more than a batch. */
    private static void coco(Path annotations, Path images) throws IOException {
        Files.createDirectories(images);
        List<String> pictures = new ArrayList<>();
        List<String> boxes = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSample(i % 64, i % 64, 0, 200);
            ImageIO.write(picture, "png", images.resolve(i + ".png").toFile());
            pictures.add("{\"id\": %d, \"file_name\": \"%d.png\", \"width\": 64, \"height\": 64}".formatted(i, i));
            boxes.add("{\"id\": %d, \"image_id\": %d, \"category_id\": 1, \"bbox\": [%d, 4, 20, 20]}"
                    .formatted(i, i, i % 40));
        }
        Files.writeString(
                annotations,
                "{\"images\": %s, \"annotations\": %s, \"categories\": [{\"id\": 1, \"name\": \"Bag\"}]}"
                        .formatted(pictures, boxes));
    }

    /** The examples of a command's help and of its sub-commands', with continued lines joined. */
    private static Stream<String> examples(CommandLine command) {
        String footer = String.join(
                        "\n", command.getCommandSpec().usageMessage().footer())
                .replaceAll("\\s*\\\\\n\\s*", " ");
        Stream<String> own =
                footer.lines().filter(line -> line.matches("  \\S.*")).map(String::strip);
        return Stream.concat(own, command.getSubcommands().values().stream().flatMap(ExamplesTest::examples));
    }

    @Test
    void everyExampleOfEveryHelpRuns() throws IOException, InterruptedException {
        List<String> examples = examples(ZooCommand.commandLine()).distinct().toList();
        assertThat(examples).hasSizeGreaterThan(35);
        List<String> failures = new ArrayList<>();
        // What trains comes first, because other examples use what it writes.
        for (String example : Stream.concat(
                        examples.stream().filter(e -> e.startsWith("zoo train")),
                        examples.stream().filter(e -> !e.startsWith("zoo train")))
                .toList()) {
            if (example.contains(" --resume")) {
                bash(example.replace(" --resume", ""));
            }
            String result = bash(example);
            boolean elsewhere = FROM_ELSEWHERE.stream().anyMatch(example::contains);
            if (!result.startsWith("0\n") && !(elsewhere && result.startsWith(ExitCodes.OFFLINE + "\n"))) {
                failures.add("$ %s\n%s".formatted(example, result));
            }
        }
        assertThat(failures).as(() -> String.join("\n", failures)).isEmpty();
    }

    /** The exit code in a line of its own, then what was printed. */
    private static String bash(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -o pipefail; " + command)
                .directory(folder.resolve("work").toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("ZOO_HOME", folder.resolve("home/zoo").toString());
        builder.environment().put("ZOO_OFFLINE", "1");
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment()
                .merge("PATH", folder.resolve("bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + output;
    }
}

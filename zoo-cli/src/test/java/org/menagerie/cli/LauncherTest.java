package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;

/** {@code zoo-cli/bin/zoo} as cron and containers start it, with the classes of this build. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    @TempDir
    Path folder = Path.of("");

    private Path zoo = Path.of("");

    /** A checkout of the launcher alone, which finds itself built: its jar points to this test's class path. */
    @BeforeEach
    void checkOut() throws IOException {
        zoo = folder.resolve("zoo-cli/bin/zoo");
        Files.createDirectories(folder.resolve("zoo-cli/bin"));
        Files.copy(Path.of("bin/zoo"), zoo);
        Path lib = Files.createDirectories(folder.resolve("zoo-cli/target/lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream jar = new JarOutputStream(Files.newOutputStream(lib.resolve("zoo.jar")), manifest)) {
            jar.flush();
        }
        Files.writeString(folder.resolve("zoo-cli/target/zoo.stamp"), "cpu");
    }

    /** Runs a line of shell in which {@code $zoo} is the launcher, in an environment of these variables alone. */
    private Command shell(Map<String, String> environment, String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        command.add("PATH=" + System.getenv("PATH"));
        command.add("JAVA_HOME=" + System.getProperty("java.home"));
        command.add("ZOO_HOME=" + folder.resolve("home"));
        command.add("ZOO_BUILD=cpu");
        command.add("ZOO_OFFLINE=1");
        command.add("zoo=" + zoo);
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("/bin/bash", "-c", line));
        Path script = Files.writeString(folder.resolve("line.sh"), line);
        command.set(command.size() - 1, ". " + script);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        int exitCode = process.waitFor();
        return new Command(
                exitCode, Files.readString(folder.resolve("out.txt")), Files.readString(folder.resolve("err.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX", "xx_XX.UTF-8"})
    void lettersArriveWhateverTheLocale(String lang) throws Exception {
        Path cards = Files.createDirectories(folder.resolve("Kärtchen 卡"));
        String card = Command.zoo("show", "--card", "lenet-fashion-mnist").out();
        Files.writeString(cards.resolve("own.md"), card.replace("Ankle boot]", "Stiefel für 世界]"));
        Files.write(cards.resolve("größe.png"), Fixtures.bytes("images/ankle-boot.png"));
        for (Map<String, String> environment : List.of(Map.of("LANG", lang), Map.of("LC_ALL", lang))) {
            Command run = shell(environment, "\"$zoo\" run --catalog 'Kärtchen 卡' own 'Kärtchen 卡/größe.png' 卡.png");
            assertThat(run.err()).endsWith("zoo: No such file: 卡.png\n"); // behind what bash says of the locale
            Command fine = shell(environment, "\"$zoo\" run --json --catalog 'Kärtchen 卡' own 'Kärtchen 卡/größe.png'");
            assertThat(fine.out()).as(fine.err()).contains("Stiefel für 世界", "\"input\":\"Kärtchen 卡/größe.png\"");
        }
        Command piped = shell(Map.of(), "printf '[1, 2]' | \"$zoo\" run fehlt-ü.onnx -");
        assertThat(piped.err()).contains("fehlt-ü.onnx");
    }

    @Test
    void withoutTheLauncherGarbledArgumentsAreRefused() throws Exception {
        String java = "\"$JAVA_HOME/bin/java\" -cp zoo-cli/target/lib/zoo.jar org.menagerie.cli.Main ";
        Command garbled = shell(Map.of("LC_ALL", "C"), java + "search größe");
        assertThat(garbled.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(garbled.err()).contains("LC_ALL=C.UTF-8").hasLineCount(1);
        assertThat(shell(Map.of("LC_ALL", "C"), java + "search grey").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "list --json",
                "search grey",
                "show lenet-fashion-mnist",
                "show --card lenet-fashion-mnist",
                "pull lenet-fashion-mnist --dry-run",
                "run lenet-fashion-mnist boot.png",
                "run --json lenet-fashion-mnist boot.png",
                "verify lenet-fashion-mnist",
                "doctor",
                "plugins",
                "completion bash",
                "--help",
                "run --help",
                "--version"
            })
    void aFullDiskIsAFailure(String arguments) throws Exception {
        Files.write(folder.resolve("boot.png"), Fixtures.bytes("images/ankle-boot.png"));
        Command full = shell(Map.of(), "\"$zoo\" " + arguments + " > /dev/full");
        assertThat(full.exitCode()).as(full.err()).isEqualTo(ExitCodes.FAILURE);
        assertThat(full.err()).isEqualTo("zoo: Standard output cannot be written: No space left on device\n");
    }

    @Test
    void aReaderThatHasGoneEndsTheCommandWithoutAWord() throws Exception {
        Command gone = shell(Map.of(), "\"$zoo\" list | true; exit ${PIPESTATUS[0]}");
        assertThat(gone.exitCode()).isEqualTo(141);
        assertThat(gone.err()).isEmpty();
    }

    @Test
    void tooLittleMemoryIsOneSentence() throws Exception {
        try (OutputStream big = Files.newOutputStream(folder.resolve("big.json"))) {
            big.write("[".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 4_000_000; i++) {
                big.write("1234567890,".getBytes(StandardCharsets.US_ASCII));
            }
            big.write("1]".getBytes(StandardCharsets.US_ASCII));
        }
        Command show = shell(Map.of("ZOO_JAVA_OPTS", "-Xmx40m"), "\"$zoo\" run lenet-fashion-mnist big.json");
        assertThat(show.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(show.err())
                .contains("memory of", "is not enough", "ZOO_JAVA_OPTS=-Xmx")
                .hasLineCount(1);
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in a real bash, which is called as readline calls it. */
class BashCompletionTest {
    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void files() throws IOException {
        Command command = Command.zoo("completion", "bash");
        assertThat(command.exitCode()).as(command.err()).isZero();
        Files.writeString(folder.resolve("zoo.bash"), command.out());
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.createDirectories(work.resolve("my folder"));
        for (String name : List.of("a b.png", "c:d.png", "net.onnx", "words.txt", "annotations.json")) {
            Files.writeString(work.resolve(name), "");
        }
        // The names that 'zoo list --quiet' prints, with one that has a space.
        Path zoo = Files.createDirectories(folder.resolve("bin")).resolve("zoo");
        Files.writeString(
                zoo, "#!/bin/sh\nprintf '%s\\n' lenet-fashion-mnist lab/lenet 'odd name' \"$@\" | grep -v ^-\n");
        assertThat(zoo.toFile().setExecutable(true)).isTrue();
        // Outside of readline, compopt only remembers what it was told.
        Files.writeString(folder.resolve("complete.sh"), """
                told=
                compopt() { if (($#)); then told="$told $*"; else echo "compopt$told zoo"; fi; }
                source "$1"
                COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
                _zoo
                printf '%s\\n' "${COMPREPLY[@]}"
                """);
    }

    private static List<String> complete(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "--norc",
                        folder.resolve("complete.sh").toString(),
                        folder.resolve("zoo.bash").toString(),
                        line)
                .directory(folder.resolve("work").toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process bash = builder.start();
        String output = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output.strip().lines().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zoo ev                                     | eval
            zoo catalog re                             | refresh,remove
            zoo run lenet-f                            | lenet-fashion-mnist
            zoo run lab                                | lab/lenet
            zoo run odd                                | odd\\ name
            zoo run 'odd                               | odd name
            zoo run net                                | net.onnx
            zoo run --catalog                          | --catalog
            zoo run --catalog my                       | my folder
            zoo run lenet-fashion-mnist a              | a b.png,annotations.json
            zoo run lenet-fashion-mnist a\\ b          | a b.png
            zoo run lenet-fashion-mnist "a b           | a b.png
            zoo run lenet-fashion-mnist c              | c:d.png
            zoo run lenet-fashion-mnist c:             | d.png
            zoo run lenet-fashion-mnist x --draw my    | my folder
            zoo run x y --device cu                    | cuda
            zoo run x y --device=cu                    | cuda
            zoo run x y --length-penalty               | --length-penalty
            zoo run x y --length-penalty=              | length,none,wu
            zoo run x y --top                          | --top-k,--top-p
            zoo list --task image-                     | image-classification,image-segmentation,image-to-text
            zoo list --arch y                          | yolo
            zoo train resnet5                          | resnet50,resnet56
            zoo train lenet --optimizer newton         | newton,newton-cg
            zoo train lenet --schedule co              | constant,cosine
            zoo train lenet --augment c                | crop,cutout
            zoo train lenet --members b                | bootstrap
            zoo train lenet --data fashion-            | fashion-mnist,fashion-scenes
            zoo eval x --data idx:my                   | my folder/
            zoo eval x --data coco:ann                 | annotations.json
            zoo eval x --data coco:annotations.json,my | annotations.json,my folder/
            zoo eval x --split v                       | validation
            zoo export x -o wor                        | words.txt
            zoo completion f                           | fish
            """)
    void offers(String line, String expected) throws Exception {
        assertThat(String.join(",", complete(line))).isEqualTo(expected);
    }

    @Test
    void optionsThatTakeNumbersOfferNothingAndAWordStartsAfterASpace() throws Exception {
        assertThat(complete("zoo run x y --beam ")).isEmpty();
        assertThat(complete("zoo train lenet --schedule "))
                .containsExactly("constant", "cosine", "inverse-sqrt", "linear", "step");
        assertThat(complete("zoo run ")).contains("lenet-fashion-mnist", "odd\\ name");
        assertThat(complete("zoo show lenet-fashion-mnist ")).isEmpty();
    }

    @Test
    void everyCommandAndOptionIsInTheScriptsOfAllShells() {
        for (String shell : List.of("bash", "zsh", "fish")) {
            String script = Command.zoo("completion", shell).out();
            CompletionSpec.of(ZooCommand.commandLine()).forEach((path, command) -> {
                assertThat(script).contains(path.substring(path.lastIndexOf(' ') + 1));
                command.options().keySet().stream()
                        .filter(name -> name.startsWith("--") && !path.isEmpty())
                        .forEach(name -> assertThat(script).as(path).contains(name.substring(2)));
            });
        }
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;

/**
 * Follows {@code docs/writing-a-plugin.md} word for word: writes its files, runs its commands. Maven finds Menagerie's
 * artifacts as this build made them, and everything else in the local repository; the data is the small subset.
 */
class GuideTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Pattern FILE = Pattern.compile("`([\\w./-]+)`:\\s+```\\w+\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder = Path.of("");

    private Path project = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Files.createDirectories(folder.resolve("bin"));
        publishThisBuild(folder.resolve("published"));
        executable(
                "mvn",
                "exec '%s' -B -s '%s' -Dmaven.repo.local='%s' \"$@\""
                        .formatted(maven(), settings(), folder.resolve("repository")));
        executable(
                "zoo",
                "exec '%s' -cp '%s' %s \"${@/#fashion-mnist/idx:%s}\""
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")))));
        Fixtures.copy("images/ankle-boot.png", project);
    }

    @Test
    void aPluginOutsideThisRepositoryIsBuiltTrainedAndRun() throws IOException, InterruptedException {
        String output = follow("docs/writing-a-plugin.md");

        assertThat(output).contains("mlp  ", "A multilayer perceptron", "test loss");
        assertThat(project.resolve("target/surefire-reports/com.example.mlp.MlpTest.txt"))
                .content()
                .contains("Tests run: 14, Failures: 0");
        assertThat(project.resolve("mlp.onnx")).exists();
        assertThat(output).contains("learning rate: 1.0E-4").containsPattern("beta2 +number +0\\.99");
        assertThat(project.resolve("runs/lion/mlp.md"))
                .content()
                .contains("name: lion", "beta2: 0.98", "name: exponential", "name: brightness");
    }

    @Test
    void answersMetricsAndSubcommandsComeFromOutside() throws IOException, InterruptedException {
        String output = follow("docs/answers-metrics-and-subcommands.md");

        assertThat(output)
                .containsPattern("(?m)^0\\.\\d\\d, (dark|bright)$")
                .contains("\"result\":{\"mean\":0.")
                .containsPattern("lenet-fashion-mnist on .* examples\\): brier 0\\.\\d+")
                .containsPattern("(?m)^ +tasks +Counts the models of each task\\.$")
                .containsPattern("(?m)^1  brightness$");
        assertThat(project.resolve("drawn.png")).isNotEmptyFile();
        assertShort("Brightness", 60);
        assertShort("Brier", 70);
        assertShort("Tasks", 40);
    }

    @Test
    void rowsAndTheirDataComeFromOutside() throws IOException, InterruptedException {
        String output = follow("docs/rows-and-data-sets.md");

        assertThat(output)
                .containsPattern("(?m)^[01]\\.\\d+ +upper$")
                .containsPattern("\"input\":\"points.csv:2\".*\"upper\"")
                .containsPattern("\"input\":\"points.csv:3\".*\"lower\"")
                .containsPattern("row-net on two-moons/test \\(500 examples\\): accuracy (0\\.9[5-9]\\d*|1\\.0)");
        assertThat(project.resolve("runs/moons/row-net.md"))
                .content()
                .contains("pipeline_tag: tabular-classification", "name: row", "columns: 2", "mean:", "std:");
    }

    private void assertShort(String type, int lines) throws IOException {
        assertThat(Files.readAllLines(project.resolve("src/main/java/com/example/light/%s.java".formatted(type))))
                .hasSizeLessThanOrEqualTo(lines);
    }

    /** Writes a page's files and runs its commands; what they print. */
    private String follow(String page) throws IOException, InterruptedException {
        String guide = Files.readString(ROOT.resolve(page));
        for (MatchResult file : FILE.matcher(guide).results().toList()) {
            Path path = project.resolve(file.group(1));
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.group(2));
        }
        Matcher commands = COMMANDS.matcher(guide);
        assertThat(commands.find()).isTrue();
        return run(commands.group(1));
    }

    /** Runs commands in the project; a failure says as well which plugins there were. */
    private String run(String commands) throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        int exitCode = bash(commands, log);
        String output = Files.readString(log);
        if (exitCode != 0) {
            Path plugins = folder.resolve("plugins.txt");
            bash("set +e; ls -l $ZOO_HOME/plugins; unzip -l $ZOO_HOME/plugins/*.jar; zoo plugins; zoo doctor", plugins);
            output += Files.readString(plugins);
        }
        assertThat(exitCode).as(output).isZero();
        return output;
    }

    private int bash(String commands, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", commands)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("ZOO_HOME", folder.resolve("home").toString());
        builder.environment()
                .merge("PATH", folder.resolve("bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
        return builder.start().waitFor();
    }

    private void executable(String name, String command) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\n" + command + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path maven() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "mvn"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no mvn on the PATH"));
    }

    /** Puts every module's jar and POM where a repository has them. */
    private static void publishThisBuild(Path repository) throws IOException {
        String version = System.getProperty("menagerie.version", "");
        publish(repository, "menagerie", version, ROOT.resolve("pom.xml"), "pom");
        try (Stream<Path> poms = Files.find(
                ROOT, 3, (path, attributes) -> path.endsWith("pom.xml") && !path.equals(ROOT.resolve("pom.xml")))) {
            for (Path pom : poms.toList()) {
                Matcher artifact =
                        Pattern.compile("</parent>\\s*<artifactId>([^<]+)").matcher(Files.readString(pom));
                if (artifact.find()) {
                    String name = artifact.group(1);
                    Path jar = pom.resolveSibling("target/%s-%s.jar".formatted(name, version));
                    publish(repository, name, version, pom, "pom");
                    for (Path built : List.of(jar, pom.resolveSibling("src/empty.jar"))) {
                        if (Files.exists(built)) {
                            publish(repository, name, version, built, "jar");
                        }
                    }
                }
            }
        }
        assumeTrue(
                Files.exists(repository.resolve(
                        "org/menagerie/menagerie-contract/%s/menagerie-contract-%<s.jar".formatted(version))),
                "Needs the modules' jars: run it with Maven, from the phase package on");
    }

    private static void publish(Path repository, String artifact, String version, Path file, String extension)
            throws IOException {
        Path target = repository.resolve("org/menagerie/%s/%s/%1$s-%2$s.%s".formatted(artifact, version, extension));
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target);
    }

    /** Settings that name two folders as the only repositories: this machine's own, and this build's. */
    private Path settings() throws IOException {
        String own = Path.of(System.getProperty("menagerie.localRepository", ""))
                .toUri()
                .toString();
        String published = folder.resolve("published").toUri().toString();
        String text = """
                <settings><profiles><profile><id>guide</id>
                <repositories>
                <repository><id>central</id><url>%s</url></repository>
                <repository><id>published</id><url>%s</url></repository>
                </repositories>
                <pluginRepositories><pluginRepository><id>central</id><url>%1$s</url></pluginRepository></pluginRepositories>
                </profile></profiles><activeProfiles><activeProfile>guide</activeProfile></activeProfiles></settings>
                """.formatted(own, published);
        return Files.writeString(folder.resolve("settings.xml"), text);
    }
}

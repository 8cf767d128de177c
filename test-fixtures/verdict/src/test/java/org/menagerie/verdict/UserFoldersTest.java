package org.menagerie.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class UserFoldersTest {
    private static final List<String> VARIABLES = List.of("ZOO_HOME", "DJL_CACHE_DIR", "XDG_CACHE_HOME");

    @TempDir
    Path folder = Path.of("");

    private Path cache = Path.of("");
    private UserFolders folders = new UserFolders(List.of());

    @BeforeEach
    void anOldCache() throws IOException {
        cache = Files.createDirectories(folder.resolve("menagerie/blobs"));
        Files.writeString(cache.resolve("old"), "old");
        folders = new UserFolders(List.of(folder.resolve("menagerie"), folder.resolve("absent")));
    }

    /** Times of files have the granularity of the kernel's clock: what is written now may seem older than now. */
    private static Instant now() throws InterruptedException {
        Thread.sleep(50);
        Instant now = Instant.now();
        Thread.sleep(50);
        return now;
    }

    @Test
    void whatWasThereBeforeIsUnchanged() throws IOException, InterruptedException {
        assertThat(folders.changedSince(now())).isEmpty();
        Files.readString(cache.resolve("old"));
        Files.createDirectory(folder.resolve("other"));
        assertThat(folders.changedSince(now())).isEmpty();
    }

    @Test
    void newWrittenAndRemovedFilesAreFound() throws IOException, InterruptedException {
        Instant first = now();
        Files.writeString(cache.resolve("old"), "new");
        assertThat(folders.changedSince(first)).containsExactly(cache.resolve("old"));
        Instant second = now();
        Path made = Files.writeString(cache.resolve("made"), "");
        assertThat(folders.changedSince(second)).containsExactlyInAnyOrder(cache, made);
        Instant third = now();
        Files.delete(made);
        assertThat(folders.changedSince(third)).containsExactly(cache);
        Instant fourth = now();
        Path born = Files.createDirectory(folder.resolve("absent"));
        assertThat(folders.changedSince(fourth)).containsExactly(born);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileWithAnOldDateIsFound() throws IOException, InterruptedException {
        Instant start = now();
        Files.setLastModifiedTime(
                Files.writeString(cache.resolve("old"), "unpacked"),
                FileTime.from(Instant.parse("1980-01-01T00:00:00Z")));
        assertThat(folders.changedSince(start)).containsExactly(cache.resolve("old"));
    }

    @Test
    void theFoldersAreThoseOfThePlatformAndOfTheUsersChoice() {
        Properties system = new Properties();
        system.setProperty("os.name", "Mac OS X");
        system.setProperty("user.home", "/home/ada");
        assertThat(UserFolders.of(system, "/xdg", Path.of("/stray")).folders())
                .contains(
                        Path.of("/home/ada/Library/Caches/menagerie"),
                        Path.of("/home/ada/.cache/Microsoft"),
                        Path.of("/home/ada/.djl.ai"),
                        Path.of("/xdg/menagerie"),
                        Path.of("/stray/menagerie"));
        system.setProperty("os.name", "Linux");
        assertThat(UserFolders.of(system, "${env.XDG_CACHE_HOME}", Path.of("/stray"))
                        .folders())
                .contains(Path.of("/home/ada/.cache/menagerie"))
                .allMatch(Path::isAbsolute);
    }

    /** Surefire gives them to each module's tests by the parent's configuration, beside a module's own. */
    @Test
    void testsAreGivenFoldersOfTheBuild() throws Exception {
        List<Path> users = UserFolders.of(System.getProperties(), null, root()).folders();
        for (String variable : VARIABLES) {
            Path folder = Path.of(System.getenv().getOrDefault(variable, ""));
            assertThat(folder).as(variable).isAbsolute();
            assertThat(users).as("%s=%s", variable, folder).noneMatch(folder::startsWith);
        }
        try (Stream<Path> modules = Files.walk(root(), 3)) {
            for (Path pom : modules.filter(file -> file.endsWith("pom.xml")).toList()) {
                Document document = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(pom.toFile());
                NodeList environments = document.getElementsByTagName("environmentVariables");
                for (int i = 0; i < environments.getLength() && !pom.equals(root().resolve("pom.xml")); i++) {
                    Element environment = (Element) environments.item(i);
                    assertThat(environment.getAttributes().getLength())
                            .as("attributes of <environmentVariables> in %s", pom)
                            .isZero();
                    for (String variable : VARIABLES) {
                        NodeList values = environment.getElementsByTagName(variable);
                        if (values.getLength() > 0) {
                            assertThat(values.item(0).getTextContent())
                                    .as("%s in %s", variable, pom)
                                    .startsWith("${project.build.directory}/");
                        }
                    }
                }
            }
        }
    }

    /** The checkout: the tests of a module run in its folder. */
    private static Path root() {
        return Path.of("../..").toAbsolutePath().normalize();
    }
}

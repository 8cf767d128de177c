package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.weights.Sha256;

/** {@code rm}, {@code prune}, {@code verify}, {@code catalog} and {@code doctor} with a cache of their own. */
class HousekeepingCommandsTest {
    private static final byte[] CONTENT = "0123456789".repeat(150).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void oneModelOfAFile() throws IOException {
        CardText.write(cards(), "small", CONTENT, "file:small.onnx");
        Files.write(cards().resolve("small.onnx"), CONTENT);
    }

    private Path cards() {
        return folder.resolve("cards");
    }

    private Path blob() {
        return folder.resolve("home/blobs/sha256-" + Sha256.of(CONTENT));
    }

    private Command zoo(String... arguments) throws IOException, InterruptedException {
        return new ZooProcess(folder.resolve("home")).run(arguments);
    }

    private Command zooOfCards(String command, String... more) throws IOException, InterruptedException {
        String[] catalog = {command, "--catalog", cards().toString()};
        return zoo(Stream.concat(Stream.of(catalog), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void rmRemovesTheFilesAndSaysWhetherThereWereAny() throws Exception {
        assertThat(zooOfCards("rm", "small").err())
                .isEqualTo("zoo: cards/small is not on this machine; nothing was removed\n");
        assertThat(zooOfCards("verify").err()).contains("No model is on this machine, so nothing was verified");
        assertThat(zooOfCards("pull", "small").exitCode()).isZero();
        assertThat(blob()).hasBinaryContent(CONTENT);
        assertThat(zooOfCards("verify").out()).isEqualTo("ok        cards/small  small.onnx\n");

        Command removed = zooOfCards("rm", "small");
        assertThat(removed.err()).isEqualTo("zoo: cards/small: 1.5 kB freed\n");
        assertThat(blob()).doesNotExist();
        assertThat(cards().resolve("small.onnx")).exists();

        Command unknown = zooOfCards("rm", "smal");
        assertThat(unknown.exitCode()).isEqualTo(ExitCodes.UNKNOWN_MODEL);
        assertThat(unknown.err()).contains("did you mean 'small'?");
    }

    @Test
    void verifyFindsDamage() throws Exception {
        zooOfCards("pull", "small");
        byte[] damaged = CONTENT.clone();
        damaged[700] ^= 1;
        assertThat(blob().toFile().setWritable(true)).isTrue();
        Files.write(blob(), damaged);
        Command verify = zooOfCards("verify", "small");
        assertThat(verify.exitCode()).isEqualTo(ExitCodes.INTEGRITY);
        assertThat(verify.out()).startsWith("WRONG     cards/small");
        assertThat(verify.err()).contains("cards/small");
    }

    @Test
    void pruneRemovesWhatNoCardNames() throws Exception {
        zooOfCards("pull", "small");
        assertThat(zooOfCards("prune").err()).isEqualTo("zoo: 0 B freed\n");
        assertThat(blob()).exists();
        Files.delete(cards().resolve("small.md"));

        Command pretended = zooOfCards("prune", "--dry-run");
        assertThat(pretended.err()).isEqualTo("zoo: 1.5 kB would be freed\n");
        assertThat(blob()).exists();
        assertThat(zooOfCards("prune").err()).isEqualTo("zoo: 1.5 kB freed\n");
        assertThat(blob()).doesNotExist();
    }

    /** The folder was named when its model was fetched; that it is not named now does not make the file needless. */
    @Test
    void pruneKeepsTheFilesOfFoldersThatWereNamedEarlier() throws Exception {
        zooOfCards("pull", "small");
        assertThat(zoo("prune").err()).isEqualTo("zoo: 0 B freed\n");
        assertThat(blob()).exists();

        Path others = folder.resolve("others");
        CardText.write(others, "same", CONTENT, "file:same.onnx");
        Files.write(others.resolve("same.onnx"), CONTENT);
        assertThat(zoo("pull", "--catalog", others.toString(), "same").exitCode())
                .isZero();
        assertThat(zoo("rm", "--catalog", others.toString(), "same").err()).contains("0 B freed");
        assertThat(blob()).exists();

        Files.writeString(cards().resolve("broken.md"), "no card");
        Command refused = zoo("prune");
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(refused.err()).contains("Nothing was removed", "broken");
        assertThat(blob()).exists();

        Files.move(cards(), folder.resolve("elsewhere"));
        Files.delete(others.resolve("same.md"));
        assertThat(zoo("prune").err()).isEqualTo("zoo: 1.5 kB freed\n");
        assertThat(blob()).doesNotExist();
    }

    @Test
    void catalogsAreAddedListedIndexedAndRemoved() throws Exception {
        assertThat(zoo("catalog", "refresh").err()).contains("No catalog was added, so there is nothing to refresh");
        Command added = zoo("catalog", "add", "mine", cards().toString());
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(added.err()).isEqualTo("zoo: added mine: 1 models\n");
        assertThat(zoo("catalog", "list").out()).containsPattern("mine +1 +\\S*cards");
        assertThat(zoo("list", "--quiet").out().lines()).contains("small", "lenet-fashion-mnist");
        assertThat(zoo("catalog", "index", cards().toString()).out())
                .contains("\"small\"", Sha256.of(Files.readAllBytes(cards().resolve("small.md"))));

        Command again = zoo("catalog", "add", "mine", cards().toString());
        assertThat(again.exitCode()).isNotZero();
        assertThat(again.err()).contains("mine");
        assertThat(zoo("catalog", "remove", "mine").exitCode()).isZero();
        assertThat(zoo("list", "--quiet").out().lines()).doesNotContain("small");
        Command unknown = zoo("catalog", "remove", "mine");
        assertThat(unknown.exitCode()).isNotZero();
        assertThat(unknown.err()).contains("'mine'").doesNotContain("\tat ");
    }

    @Test
    void doctorTellsWhatWorksAndWhatDoesNot() throws Exception {
        Command well = zoo("doctor");
        assertThat(well.out())
                .containsPattern("ok   Java +\\d+")
                .containsPattern("ok   ONNX Runtime +1\\.")
                .containsPattern("ok   plugins +\\d+ work")
                .containsPattern("ok   models +\\d\\d cards");
        assertThat(well.exitCode()).as(well.out()).isZero();

        Files.writeString(cards().resolve("broken.md"), "no card");
        Command ill = zooOfCards("doctor");
        assertThat(ill.out()).containsPattern("BAD  problem +.*broken");
        assertThat(ill.exitCode()).isEqualTo(ExitCodes.FAILURE);
    }
}

package org.menagerie.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path folder = Path.of("");

    private RunFolder.Wanted wanted(boolean resume) {
        return new RunFolder.Wanted(folder, null, "lenet", resume, false);
    }

    @Test
    void runsAreNumbered() throws IOException {
        try (RunFolder first = RunFolder.open(wanted(false));
                RunFolder second = RunFolder.open(wanted(false))) {
            assertThat(first.path()).isEqualTo(folder.resolve("lenet"));
            assertThat(second.path()).as("the first one is being written").isEqualTo(folder.resolve("lenet-2"));
            Files.createFile(first.path().resolve("checkpoint.safetensors"));
            Files.createFile(second.path().resolve("checkpoint.safetensors"));
        }
        assertThat(wanted(true).path()).as("the latest").isEqualTo(folder.resolve("lenet-2"));
        try (RunFolder third = RunFolder.open(wanted(false))) {
            assertThat(third.path()).isEqualTo(folder.resolve("lenet-3"));
        }
        assertThat(folder.resolve("lenet-3")).as("left empty").doesNotExist();
    }

    @Test
    void twoTrainingsDoNotShareAFolder() throws IOException {
        RunFolder.Wanted wanted = new RunFolder.Wanted(folder, folder.resolve("run"), "lenet", false, false);
        try (RunFolder first = RunFolder.open(wanted)) {
            assertThatThrownBy(() -> RunFolder.open(wanted))
                    .hasMessageContaining("Another training writes into '%s' now", first.path());
        }
        RunFolder.open(wanted).close();
    }
}

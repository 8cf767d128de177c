package org.menagerie.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The last step of {@code mvn verify}: prints what all tests did, and fails unless that is green. */
class BuildVerdict {
    private static final Path ROOT = Path.of(System.getProperty("menagerie.root", ""));

    @Test
    void everyTestPassedOrMayBeSkipped() throws IOException {
        Verdict verdict = Verdict.of(ROOT, Instant.MIN);
        System.out.println(verdict.text());
        assertThat(verdict.green()).as(verdict.text()).isTrue();
    }

    @Test
    void nothingWasWrittenToTheUsersFolders() throws IOException {
        Instant start = Instant.parse(System.getProperty("menagerie.build.start"));
        UserFolders folders = UserFolders.of(
                System.getProperties(), System.getProperty("menagerie.user.caches"), ROOT.resolve("target/stray"));
        assertThat(folders.changedSince(start))
                .as(
                        "Files of the user's that changed since the build began at %s. Tests must write to ZOO_HOME, which is"
                                + " target/zoo-home, or to temporary folders. If you used the zoo meanwhile, build again.",
                        start)
                .isEmpty();
    }
}

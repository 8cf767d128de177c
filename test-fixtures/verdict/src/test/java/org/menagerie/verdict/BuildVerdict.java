package org.menagerie.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The last step of {@code mvn verify}: prints what all tests did, and fails unless that is green. */
class BuildVerdict {
    @Test
    void everyTestPassedOrMayBeSkipped() throws IOException {
        Verdict verdict = Verdict.of(Path.of(System.getProperty("menagerie.root", "")), Instant.MIN);
        System.out.println(verdict.text());
        assertThat(verdict.green()).as(verdict.text()).isTrue();
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts appear on a terminal while they are written. */
class LiveTextsTest {
    private static final String TERMINAL = "menagerie.terminal.out";

    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void watch() {
        System.setProperty(TERMINAL, "true");
    }

    @AfterEach
    void lookAway() {
        System.clearProperty(TERMINAL);
    }

    /** Runs a command and records what a terminal shows after each flush. */
    private String run(String... arguments) {
        StringWriter out = new StringWriter() {
            @Override
            public void flush() {
                seen.add(toString());
            }
        };
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString();
    }

    @Test
    void eachTokenIsShownWhenItIsChosen() {
        String written = run("run", "g2p-lstm-cmudict", "--beam", "1", "menagerie", "zoo");
        assertThat(written).isEqualTo("menagerie\nM EH N AH JH ER IY   -0.9922\nzoo\nZ UW   -0.0047\n");
        assertThat(seen).contains("menagerie\nM", "menagerie\nM EH", "menagerie\nM EH N", written);
    }

    @Test
    void aBeamSearchAndJsonAreShownAtTheEnd() {
        assertThat(run("run", "g2p-lstm-cmudict", "menagerie")).isEqualTo(" -0.9922  M EH N AH JH ER IY\n");
        assertThat(run("run", "g2p-lstm-cmudict", "--beam", "1", "menagerie", "--json"))
                .startsWith("{\"input\":\"menagerie\"");
        assertThat(seen).noneMatch(shown -> shown.endsWith("M EH"));
    }
}

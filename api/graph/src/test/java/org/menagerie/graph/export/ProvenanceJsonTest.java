package org.menagerie.graph.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceJsonTest {
    private enum Kind {
        PLAIN
    }

    private record Block(int width, Kind kind) {}

    private record Config(int classes, List<Block> blocks) {}

    @Test
    void aConfigOfRecordsInRecordsIsWritten() {
        assertThat(ProvenanceJson.of(new Config(10, List.of(new Block(64, Kind.PLAIN)))))
                .isEqualTo("{\"classes\":10,\"blocks\":[{\"width\":64,\"kind\":\"PLAIN\"}]}");
    }
}

package org.menagerie.plugin.overfeat;

import java.util.List;
import java.util.stream.IntStream;

/** Where the last pool's first window begins, the paper's Δ: the same pool at each of nine offsets loses no resolution. */
record Offset(int down, int right) {
    static final Offset MIDDLE = new Offset(Trunk.POOL / 2, Trunk.POOL / 2);

    static List<Offset> all() {
        return IntStream.range(0, Trunk.POOL * Trunk.POOL)
                .mapToObj(i -> new Offset(i / Trunk.POOL, i % Trunk.POOL))
                .toList();
    }
}

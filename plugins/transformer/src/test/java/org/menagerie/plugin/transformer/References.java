package org.menagerie.plugin.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.menagerie.contract.ReferenceStep;

/** Numbers of the same steps in PyTorch 1.13, which {@code src/test/python/reference.py} computed. */
final class References {
    private References() {}

    /** Checks a step: the same names, and numbers that differ by 1e-4 at most, in parts of themselves where they exceed 1. */
    static void requireEqual(ReferenceStep step, String name) throws IOException {
        Map<String, Double> expected = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(References.class.getResourceAsStream(name + ".txt"), name)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] pair = line.split(" ");
                expected.put(pair[0], Double.valueOf(pair[1]));
            });
        }
        assertThat(step.numbers().keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((key, number) -> assertThat(step.numbers().get(key))
                .as("%s of %s", key, name)
                .isCloseTo(number, within(1e-4 * Math.max(1, Math.abs(number)))));
    }
}

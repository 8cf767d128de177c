package org.menagerie.plugin.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Loss, logits and every gradient of two layers over 50 steps are PyTorch 1.13's; {@code src/test/python} made the numbers. */
class FiftyStepsTest {
    private static final int CLASSES = 6;
    private static final int LENGTH = 51;

    @ParameterizedTest
    @EnumSource
    void gradientsAreThoseOfPyTorch(Cell cell) throws IOException {
        Tensor text = Tensor.allocate(ElementType.INT64, 2, LENGTH);
        for (int at = 0; at < 2 * LENGTH; at++) {
            int row = at / LENGTH;
            int i = at % LENGTH;
            text.longs().put(at, (i * i + 3 * row * i + row) % CLASSES);
        }
        LanguageModel.Config config = new LanguageModel.Config(cell, CLASSES, 3, 4, 2, 0, 0);
        Map<String, Double> found = ReferenceStep.of(new LanguageModel(), config, Map.of("text", text))
                .numbers();
        Map<String, Double> expected = read(cell.name().toLowerCase(Locale.ROOT));
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, number) ->
                assertThat(found.get(name)).as(name).isCloseTo(number, within(2e-5 * Math.max(1, Math.abs(number)))));
    }

    private static Map<String, Double> read(String name) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(FiftyStepsTest.class.getResourceAsStream(name + ".txt"), name)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] pair = line.split(" ");
                numbers.put(pair[0], Double.valueOf(pair[1]));
            });
        }
        return numbers;
    }
}

package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** Random slices of one buffer: the check must agree with their offsets. */
class MemoryRangeTest {
    private record Slice(int offset, int size) {
        boolean overlaps(Slice other) {
            return size > 0 && other.size > 0 && offset < other.offset + other.size && other.offset < offset + size;
        }
    }

    @Test
    void agreesWithTheOffsetsOfSlices() {
        Random random = new Random(7);
        ByteBuffer memory = ByteBuffer.allocateDirect(4096);
        int clashes = 0;
        for (int trial = 0; trial < 2000; trial++) {
            Map<String, Slice> inputs = slices(random);
            Map<String, Slice> outputs = slices(random);
            boolean expected = clash(inputs, outputs);
            clashes += expected ? 1 : 0;
            byte[] before = new byte[4096];
            random.nextBytes(before);
            memory.put(0, before);
            assertThat(isRefused(memory, inputs, outputs))
                    .as("%s, %s", inputs, outputs)
                    .isEqualTo(expected);
            byte[] after = new byte[4096];
            memory.get(0, after);
            assertThat(after).isEqualTo(before);
        }
        assertThat(clashes).isBetween(200, 1800);
    }

    private static Map<String, Slice> slices(Random random) {
        Map<String, Slice> slices = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int offset = random.nextInt(4000);
            slices.put("t" + i, new Slice(offset, random.nextInt(Math.min(600, 4096 - offset))));
        }
        return slices;
    }

    private static boolean clash(Map<String, Slice> inputs, Map<String, Slice> outputs) {
        return outputs.entrySet().stream()
                .anyMatch(output -> inputs.values().stream().anyMatch(output.getValue()::overlaps)
                        || outputs.entrySet().stream()
                                .anyMatch(other -> !other.getKey().equals(output.getKey())
                                        && other.getValue().overlaps(output.getValue())));
    }

    private static boolean isRefused(ByteBuffer memory, Map<String, Slice> inputs, Map<String, Slice> outputs) {
        try (Pins read = pin(memory, inputs);
                Pins written = pin(memory, outputs)) {
            MemoryRange.requireDisjoint(read.byName(), written.byName());
            return false;
        } catch (InvalidInputException e) {
            assertThat(e).hasMessageContaining("shares memory with");
            return true;
        }
    }

    private static Pins pin(ByteBuffer memory, Map<String, Slice> slices) {
        Pins pins = new Pins();
        slices.forEach((name, slice) -> pins.add(
                name, Tensor.wrap(ElementType.UINT8, new Shape(slice.size), memory.slice(slice.offset, slice.size))));
        return pins;
    }
}

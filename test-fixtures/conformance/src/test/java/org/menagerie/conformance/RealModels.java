package org.menagerie.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Published models in a folder that the environment variable {@code MENAGERIE_MODELS} names. */
final class RealModels {
    static final String VARIABLE = "MENAGERIE_MODELS";

    private RealModels() {}

    /** A model's file; the test is skipped if it is not there. */
    static Path file(String name) {
        String folder = System.getenv(VARIABLE);
        assumeTrue(folder != null, "set " + VARIABLE + " to a folder with " + name);
        Path file = Path.of(folder, name);
        assumeTrue(Files.exists(file), file + " does not exist");
        return file;
    }

    /** Random inputs: a batch of two, images of 48 by 192, 576 samples, 12 tokens of which 9 count. */
    static Map<String, Tensor> inputs(Graph graph) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            Random random = new Random(input.name().hashCode());
            long[] dims = new long[input.rank()];
            for (int axis = 0; axis < dims.length; axis++) {
                dims[axis] = input.dim(axis).isFixed() ? input.dim(axis).value() : extent(input, axis);
            }
            Tensor tensor = Tensor.allocate(input.element(), dims);
            for (int i = 0; i < tensor.size(); i++) {
                if (input.element() == ElementType.FLOAT32) {
                    tensor.floats().put(i, (float) random.nextGaussian());
                } else {
                    tensor.longs().put(i, index(input.name(), i, random));
                }
            }
            inputs.put(input.name(), tensor);
        }
        return inputs;
    }

    private static long extent(Value input, int axis) {
        if (axis == 0 || input.name().equals("state")) {
            return 2;
        }
        return input.rank() == 4 ? (axis == 2 ? 96 : 192) : input.element() == ElementType.INT64 ? 12 : 576;
    }

    private static long index(String name, int i, Random random) {
        return switch (name) {
            case "sr" -> 16_000;
            case "attention_mask" -> i % 12 < 9 ? 1 : 0;
            case "token_type_ids" -> 0;
            case "label" -> random.nextInt(10);
            default -> random.nextInt(30_000);
        };
    }
}

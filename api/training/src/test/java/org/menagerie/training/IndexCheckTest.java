package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;

/** Labels and tokens that a network has no place for are refused, whatever the loss; those it treats by itself are not. */
final class IndexCheckTest {
    private static final int CLASSES = 5;

    /** 300 examples of one row of indices each, all 0 but for one of the last. */
    private record Rows(ElementType type, int width, long odd, boolean bounded) implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    "rows/train",
                    "0".repeat(64),
                    List.of(Column.of("label", "%s[B,%d]".formatted(type.shortName(), width))),
                    List.of("ant", "bee", "cat", "dog", "eel", "fox"));
        }

        @Override
        public int size() {
            return 300;
        }

        @Override
        public Optional<Range> range(String column) {
            return bounded ? Optional.of(new Range(Math.min(0, odd), Math.max(0, odd))) : Optional.empty();
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            Tensor label = memory.tensor("label", type, indices.length, width);
            for (int i = 0; i < indices.length * width; i++) {
                long value = indices[i / width] == 287 && i % width == width - 1 ? odd : 0;
                if (type == ElementType.INT64) {
                    label.longs().put(i, value);
                } else {
                    label.ints().put(i, (int) value);
                }
            }
            return Map.of("label", label);
        }
    }

    /** A loss of indices i64[N,4]. */
    private record Loss(String name, BiFunction<GraphBuilder, Value, Value> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Value logits(GraphBuilder g, Value label) {
        Value scores = g.parameter("scores", TensorType.of(ElementType.FLOAT32, 1, CLASSES), Initializers.zeros());
        return g.expand(scores, g.concat(0, g.reshape(g.op("Size", label), 1), g.longs(CLASSES)));
    }

    static List<Loss> losses() {
        return List.of(
                new Loss("classes", (g, label) -> g.crossEntropy(logits(g, label), g.reshape(label, -1))),
                new Loss("smoothed", (g, label) -> g.crossEntropy(logits(g, label), g.reshape(label, -1), 0.1)),
                new Loss(
                        "without padding",
                        (g, label) -> g.crossEntropyWithout(logits(g, label), g.reshape(label, -1), 0)),
                new Loss("maps", (g, label) -> {
                    Value map = g.reshape(logits(g, label), -1, 2, 2, CLASSES);
                    return g.crossEntropy(g.transpose(map, 0, 3, 1, 2), g.reshape(label, -1, 2, 2));
                }),
                new Loss(
                        "embedding of a slice",
                        (g, label) ->
                                g.mean(g.embedding("words", g.transpose(g.slice(label, 1, 1, 4), 1, 0), CLASSES, 3))));
    }

    private static Objective objective(Loss loss, String type) {
        return g -> {
            return loss.of().apply(g, g.input("label", type));
        };
    }

    private static void check(Loss loss, Dataset rows) {
        String type =
                "%s[N,4]".formatted(rows.info().columns().get(0).elementType().shortName());
        Dataset fine = Subset.range(rows, "rows/part", 0, 200);
        IndexCheck.require(objective(loss, type), new Splits(fine, rows, fine));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void refusesWhatIsOutside(Loss loss) {
        for (boolean bounded : new boolean[] {true, false}) {
            check(loss, new Rows(ElementType.INT64, 4, CLASSES - 1, bounded));
            for (long odd : new long[] {CLASSES, CLASSES + 4, 255}) {
                assertThatThrownBy(() -> check(loss, new Rows(ElementType.INT64, 4, odd, bounded)))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage(
                                "Data set rows/train has %d in column 'label', where the network tells 5 values apart, 0 to 4;"
                                        + " the data's 6 classes are ant, bee, cat, dog, eel, fox. Give the network at least"
                                        + " %d, or leave out what it is not to learn",
                                odd, odd + 1);
            }
            assertThatThrownBy(() -> check(loss, new Rows(ElementType.INT64, 4, -1, bounded)))
                    .hasMessageContaining("has -1 in column 'label'")
                    .hasMessageEndingWith("Number them from 0");
        }
    }

    @Test
    void leavesAloneWhatTheNetworkTreatsByItself() {
        Loss ignoring = new Loss(
                "255 is unknown", (g, label) -> g.crossEntropyWithout(logits(g, label), g.reshape(label, -1), 255));
        Loss present = new Loss("places without an object", (g, label) -> {
            Value there = g.cast(g.greaterOrEqual(label, g.scalar(ElementType.INT64, 0)), ElementType.FLOAT32);
            Value target = g.oneHot(label, g.longs(CLASSES), ElementType.FLOAT32);
            return g.mean(g.mul(g.unsqueeze(there, 2), target));
        });
        assertThatCode(() -> check(ignoring, new Rows(ElementType.INT64, 4, 255, true)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(ignoring, new Rows(ElementType.INT64, 4, 254, true)))
                .hasMessageContaining("has 254");
        assertThatThrownBy(() -> check(ignoring, new Rows(ElementType.INT64, 4, -1, true)))
                .hasMessageContaining("has -1");
        assertThatCode(() -> check(present, new Rows(ElementType.INT64, 4, -1, false)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(present, new Rows(ElementType.INT64, 4, CLASSES, false)))
                .hasMessageContaining("has 5");
    }

    @Test
    void readsOtherWholeNumbersToo() {
        Loss embedding = new Loss(
                "embedding", (g, label) -> g.mean(g.embedding("words", g.cast(label, ElementType.INT64), CLASSES, 3)));
        assertThatThrownBy(() -> check(embedding, new Rows(ElementType.INT32, 4, CLASSES, false)))
                .hasMessageContaining("has 5");
    }

    @Test
    void aPartOfTheDataMayFitWhereTheWholeDoesNot() {
        Dataset rows = new Rows(ElementType.INT64, 4, 9, true);
        Dataset fine = Subset.range(rows, "rows/part", 0, 200);
        assertThat(rows.range("label")).hasValue(new Dataset.Range(0, 9));
        assertThatCode(() -> IndexCheck.require(objective(losses().get(0), "i64[N,4]"), new Splits(fine, fine, fine)))
                .doesNotThrowAnyException();
    }
}

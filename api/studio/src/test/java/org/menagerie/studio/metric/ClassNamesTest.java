package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

/** Classes of data and of models, by name and by number. */
class ClassNamesTest {
    private static DatasetInfo data(String... labels) {
        return new DatasetInfo("mine", "0".repeat(64), List.of(Column.of("label", "i64[B]")), List.of(labels));
    }

    @Test
    void dataOfWhichTheModelKnowsNoClassIsRefused() {
        assertThatThrownBy(() -> ClassNames.require("lenet", List.of("boot", "bag"), data("cat", "dog")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Data set mine has the classes cat, dog, and model 'lenet' knows none of them; it knows boot, bag");
        ClassNames.require("lenet", List.of("boot", "bag"), data("bag", "dog"));
        ClassNames.require("lenet", List.of("boot", "bag"), data("0", "1"));
        ClassNames.require("lenet", List.of(), data("cat", "dog"));
    }

    @Test
    void classesThatTheModelLacksAmongSharedOnesAreListed() {
        assertThat(ClassNames.unknown("lenet", List.of("boot", "bag"), data("bag", "dog", "cat")))
                .hasValue(
                        "Model 'lenet' does not know 2 of the 3 classes of data set mine, so that its answers there are wrong: dog, cat");
        assertThat(ClassNames.unknown("lenet", List.of("boot", "bag"), data("bag")))
                .isEmpty();
        assertThat(ClassNames.unknown("lenet", List.of("boot", "bag"), data("0", "1")))
                .isEmpty();
        assertThat(ClassNames.unknown("lenet", List.of("boot"), data())).isEmpty();
    }

    @Test
    void sharedNamesCountByNameAndOthersByNumber() {
        assertThat(ClassNames.of(List.of("boot", "bag"), data("bag", "boot"))).containsExactly("bag", "boot");
        assertThat(ClassNames.of(List.of("boot", "bag"), data("0", "1"))).containsExactly("boot", "bag");
        assertThat(ClassNames.of(List.of(), data("cat"))).containsExactly("cat");
    }

    @Test
    void aLabelOutsideOfTheClassesIsNamedByItsExample() {
        Dataset labels = new Dataset() {
            @Override
            public DatasetInfo info() {
                return data("cat", "dog");
            }

            @Override
            public int size() {
                return 9;
            }

            @Override
            public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                Tensor column = memory.tensor("label", ElementType.INT64, indices.length);
                for (int i = 0; i < indices.length; i++) {
                    column.longs().put(i, indices[i] == 7 ? 2 : 1);
                }
                return Map.of("label", column);
            }
        };
        CheckedLabels checked = new CheckedLabels(labels, 2);
        assertThat(checked.batch(new int[] {0, 6}, new BatchMemory())).containsKey("label");
        assertThatThrownBy(() -> checked.batch(new int[] {6, 7}, new BatchMemory()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Example 7 of data set mine, counted from 0, has label 2; data and model share 2 classes, 0 to 1");
    }
}

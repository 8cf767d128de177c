package org.menagerie.studio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.graph.Task;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DatasetInfo;

/** Faults of a task are found before training, by the records of the kinds that it names. */
class CardComponentsTest {
    private static final DatasetInfo IMAGES = new DatasetInfo(
            "data/train",
            "0".repeat(64),
            List.of(Column.of("image", "f32[B,1,8,8]"), Column.of("label", "i64[B]")),
            List.of("a", "b"));

    @TempDir
    java.nio.file.Path home = java.nio.file.Path.of("");

    private void require(Task task) {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(home).withOffline(true))) {
            new CardComponents(task, IMAGES).require(zoo, "net");
        }
    }

    @Test
    void ordinaryTasksPass() {
        require(Task.classification());
        require(new Task(
                "image-segmentation", "segmentation", Map.of("output", "logits", "margin", 5, "tta", "shift")));
    }

    @Test
    void aFieldThatTheDecoderLacksIsNamed() {
        assertThatThrownBy(() -> require(
                        new Task("image-classification", "classification", Map.of("output", "logits", "outptu", "x"))))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("The task of 'net', decoder 'classification'")
                .hasMessageContaining("'outptu'");
    }

    @Test
    void aValueOfAnotherTypeIsNamed() {
        assertThatThrownBy(() -> require(
                        new Task("image-segmentation", "segmentation", Map.of("output", "logits", "margin", "far"))))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("The task of 'net', decoder 'segmentation'")
                .hasMessageContaining("margin");
    }

    @Test
    void namesThatNoPluginBringsAreListedWithThoseThatThereAre() {
        assertThatThrownBy(() -> require(new Task("image-classification", "clasification", Map.of("output", "logits"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The task of 'net' names decoder 'clasification', which no plugin brings")
                .hasMessageContaining("did you mean 'classification'");
        assertThatThrownBy(() -> require(Task.classification().preparedBy("imge")))
                .hasMessageContaining("preprocessor 'imge', which no plugin brings");
        assertThatThrownBy(() -> require(Task.whole("text", "text-generator", Map.of())))
                .hasMessageContaining("kind 'text-generator', which no plugin brings");
    }
}

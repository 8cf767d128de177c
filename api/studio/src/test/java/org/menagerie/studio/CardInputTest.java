package org.menagerie.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Task;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.recipe.RowStatistics;

class CardInputTest {
    private static final Task TABLE = new Task("tabular-classification", "classification", Map.of("output", "logits"));

    private static CardInput input(Task task, Column... columns) {
        return CardInput.of(task, new DatasetInfo("data/train", "0".repeat(64), List.of(columns), List.of("a", "b")));
    }

    private static String card(CardInput input) {
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        input.write(block, Optional.empty());
        return block.toString();
    }

    @Test
    void rowsAreNormalisedAsTheyWereInTraining() {
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        input(TABLE, Column.of("point", "f32[B,2]"), Column.of("label", "i64[B]"))
                .write(block, Optional.of(new RowStatistics("point", List.of(1.5, 200.0), List.of(0.5, 100.0))));
        assertThat(block.get("preprocessor").toString())
                .endsWith("\"columns\":2,\"mean\":[1.5,200.0],\"std\":[0.5,100.0]}");
    }

    @Test
    void rowsWithoutStatisticsAreFedAsTheyAre() {
        CardInput rows = input(TABLE, Column.of("point", "f32[B,2]"), Column.of("label", "i64[B]"));
        assertThat(card(rows)).isEqualTo("{\"preprocessor\":{\"name\":\"row\",\"input\":\"point\",\"columns\":2}}");
    }

    @Test
    void imagesGoToTheColumnThatIsNotOnlyTheDatas() {
        CardInput own = input(Task.classification(), Column.of("image", "f32[B,3,8,6]"));
        assertThat(card(own)).contains("\"input\":\"image\",\"width\":6,\"height\":8,\"channels\":\"RGB\"");
        CardInput fitted =
                input(Task.classification(), Column.of("image", "f32[B,1,8,8]"), Column.of("pixels", "f32[B,1,8,8]"));
        assertThat(card(fitted)).contains("\"input\":\"pixels\"", "\"channels\":\"gray\"");
    }

    @Test
    void aPreprocessorAroundThatOfImagesGetsItsFieldsAsABlock() {
        CardInput around =
                input(Task.classification().preparedBy("image-proposals"), Column.of("image", "f32[B,3,8,6]"));
        assertThat(card(around))
                .startsWith(
                        "{\"preprocessor\":{\"name\":\"image-proposals\",\"image\":{\"input\":\"image\",\"width\":6");
    }

    @Test
    void aKindOfTheWholeModelStatesItsInputs() {
        CardInput stated = input(Task.whole("text", "text-generation", Map.of()), Column.of("tokens", "i64[B,T]"));
        assertThat(card(stated)).isEqualTo("{}");
    }

    @Test
    void whatNoCardCouldFeedIsRefused() {
        for (List<Column> columns : List.of(
                List.of(Column.of("a", "f32[B,2]"), Column.of("b", "f32[B,2]")),
                List.of(Column.of("a", "f32[B,K]")),
                List.of(Column.of("a", "i64[B,2]")),
                List.of(Column.of("sound", "f32[B,1,9]")))) {
            assertThatThrownBy(() -> input(TABLE, columns.toArray(Column[]::new)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(columns.get(0).type())
                    .hasMessageContaining("could not be fed after training");
        }
        assertThatThrownBy(() -> input(Task.classification(), Column.of("image", "f32[B,3,H,W]")))
                .hasMessageContaining("images of one size");
    }
}

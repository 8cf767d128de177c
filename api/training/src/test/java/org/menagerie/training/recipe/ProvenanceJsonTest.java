package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceJsonTest {
    private enum Kind {
        PLAIN
    }

    private record Block(int width, Kind kind) {}

    private record Config(int classes, List<Block> blocks) {}

    @Test
    void aRecipeIsAnObjectWithoutWhatIsNotSet() throws JsonProcessingException {
        String json = ProvenanceJson.of(Recipe.defaults().complete());
        JsonNode recipe = new ObjectMapper().readTree(json);
        assertThat(recipe.path("epochs").intValue()).isEqualTo(10);
        assertThat(recipe.path("optimizer").textValue()).isEqualTo("adam");
        assertThat(json).doesNotContain("null");
        assertThat(new ObjectMapper().treeToValue(recipe, Recipe.class))
                .isEqualTo(Recipe.defaults().complete());
    }

    @Test
    void aConfigOfRecordsInRecordsIsWritten() {
        assertThat(ProvenanceJson.of(new Config(10, List.of(new Block(64, Kind.PLAIN)))))
                .isEqualTo("{\"classes\":10,\"blocks\":[{\"width\":64,\"kind\":\"PLAIN\"}]}");
    }
}

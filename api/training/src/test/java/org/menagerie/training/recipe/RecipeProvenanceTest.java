package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.export.ProvenanceJson;

class RecipeProvenanceTest {
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
}

package org.menagerie.training.recipe;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.settings.ComponentText;

/** Recipes as cards and provenance hold them: one JSON object, without the fields that are not stated. */
final class RecipeJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
            .addModule(new SimpleModule().addSerializer(Component.class, new ComponentJson()))
            .build();

    private RecipeJson() {}

    /** A component without settings is its name; with settings it is a block. */
    private static final class ComponentJson extends JsonSerializer<Component> {
        @Override
        public void serialize(Component component, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeTree(ComponentText.tree(component));
        }
    }

    static ObjectNode tree(Recipe recipe) {
        return JSON.valueToTree(recipe);
    }
}

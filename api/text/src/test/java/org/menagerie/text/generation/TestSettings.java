package org.menagerie.text.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.menagerie.spi.settings.TreeSettings;

/** Settings as a card states them. */
final class TestSettings {
    private TestSettings() {}

    /** @param fields as in JSON, with single quotation marks, for example {@code 'beam': 3} */
    static GenerationSettings of(String fields) {
        try {
            ObjectNode tree =
                    JsonMapper.builder().build().readValue("{" + fields.replace('\'', '"') + "}", ObjectNode.class);
            return TreeSettings.of("the test's settings", tree).as(GenerationSettings.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

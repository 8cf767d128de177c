package org.menagerie.hub.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** What a registry says of a package, which may list thousands of versions: read as a stream, for one of them. */
final class NpmDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NpmDocument() {}

    /** The texts {@code tarball}, {@code integrity} and {@code shasum} of a version; empty if it is not there. */
    static JsonNode distribution(Path document, String version) throws IOException {
        try (JsonParser json = JSON.createParser(document.toFile())) {
            return json.nextToken() == JsonToken.START_OBJECT
                            && enter(json, "versions")
                            && enter(json, version)
                            && enter(json, "dist")
                    ? texts(json)
                    : JsonNodeFactory.instance.objectNode();
        }
    }

    /** Goes into the object of a field of the object that is being read; false if there is none. */
    private static boolean enter(JsonParser json, String field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equals(field);
            JsonToken value = json.nextToken();
            if (found) {
                return value == JsonToken.START_OBJECT;
            }
            json.skipChildren();
        }
        return false;
    }

    private static ObjectNode texts(JsonParser json) throws IOException {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                texts.put(field, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return texts;
    }
}

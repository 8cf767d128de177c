package org.menagerie.text.tokenizerfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.menagerie.spi.PlainText;
import org.menagerie.spi.ZooException;

/**
 * Reads a {@code tokenizer.json} and checks it before the native library sees it.
 *
 * <p>That library is written for files that its authors trust: an index out of range, a charsmap of nonsense or a regular
 * expression that gives up ends the whole process, not the call. So everything is checked here that it takes for granted,
 * and what encoding does not need (padding, truncation, the decoder) is left out.
 */
public final class TokenizerFile {
    private static final int MOST_BYTES = 64 << 20; // the largest that are published have 35 MB
    private static final int MOST_ADDED = 100_000;
    private static final int MOST_ADDED_CHARS = 1_000;
    /** Characters that normalizing all added tokens may make. */
    private static final long MOST_ADDED_GROWTH = 50_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TokenizerFile() {}

    /**
     * The file's checked text.
     *
     * @param maxTokens the length that texts will be cut to
     * @throws ZooException naming the part that is not right
     */
    public static String read(Path file, int maxTokens) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new ZooException("it is larger than %,d bytes".formatted(MOST_BYTES));
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(PlainText.decode(bytes, file.toString()));
        } catch (JsonProcessingException e) {
            throw new ZooException("it is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new ZooException("it is not a JSON object");
        }
        check(new Part("", object), maxTokens);
        object.putNull("truncation");
        object.putNull("padding");
        object.putNull("decoder");
        return MAPPER.writeValueAsString(object);
    }

    private static void check(Part root, int maxTokens) {
        long growth = root.optional("normalizer").map(Normalizers::growth).orElse(1L);
        root.optional("added_tokens").ifPresent(tokens -> {
            addedTokens(tokens.items(MOST_ADDED), growth);
            normalizedTokens(tokens, root.optional("normalizer"));
        });
        root.optional("pre_tokenizer").ifPresent(PreTokenizers::check);
        root.optional("post_processor").ifPresent(processor -> PostProcessors.check(processor, maxTokens));
        Vocabularies.check(root.required("model"));
    }

    /** Added tokens that are looked for in normalized texts must not be normalized to nothing. */
    private static void normalizedTokens(Part tokens, Optional<Part> normalizer) {
        boolean erases = normalizer.map(Erasure::possible).orElse(false);
        for (Part token : tokens.items(MOST_ADDED)) {
            String content = token.required("content").text(MOST_ADDED_CHARS);
            boolean normalized = token.optional("normalized")
                    .map(part -> part.node().asBoolean(true))
                    .orElse(true);
            if (normalizer.isPresent() && normalized && !content.isEmpty() && (erases || !Erasure.solid(content))) {
                throw token.error("can be normalized to nothing; set 'normalized' to false");
            }
        }
    }

    private static void addedTokens(List<Part> tokens, long growth) {
        long chars = 0;
        for (Part token : tokens) {
            token.required("id").integer(0, Integer.MAX_VALUE);
            chars += token.required("content").text(MOST_ADDED_CHARS).length();
        }
        if (chars * growth > MOST_ADDED_GROWTH) {
            throw new ZooException(
                    "'added_tokens' grow past %,d characters when they are normalized".formatted(MOST_ADDED_GROWTH));
        }
    }
}

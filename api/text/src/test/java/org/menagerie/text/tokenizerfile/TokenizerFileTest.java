package org.menagerie.text.tokenizerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.ZooException;
import org.menagerie.text.Tokenizer;

/** Files that would end the process in the native library, or take its time and memory, are refused before. */
class TokenizerFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    private static ObjectNode plain() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                TokenizerFileTest.class.getResourceAsStream("/org/menagerie/text/tokenizer.json"))) {
            return (ObjectNode) JSON.readTree(in);
        }
    }

    private Path file(JsonNode content) throws IOException {
        return Files.writeString(folder.resolve("tokenizer.json"), content.toString());
    }

    private void assertRefused(JsonNode content, String message) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> Tokenizer.open(file, 16))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(message);
    }

    @Test
    void aCharsmapOfNonsenseIsRefused() throws Exception {
        Path hostile = Path.of(
                Objects.requireNonNull(TokenizerFileTest.class.getResource("tokenizer-precompiled-charsmap.json"))
                        .toURI());
        assertThatThrownBy(() -> Tokenizer.open(hostile, 16))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("'normalizer.precompiled_charsmap' is not a precompiled charsmap");
    }

    /** A map of one entry, A to a: root, the node of the letter, and its leaf. */
    private static int[] trie() {
        int[] units = new int[512];
        units[0] = 256 << 10;
        units[256 ^ 'A'] = (256 ^ 'A' ^ 384) << 10 | 1 << 8 | 'A';
        units[384] = 0x80000000;
        return units;
    }

    private static String charsmap(int[] units, String texts) {
        byte[] bytes = texts.getBytes(StandardCharsets.UTF_8);
        ByteBuffer map =
                ByteBuffer.allocate(4 + 4 * units.length + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(4 * units.length);
        for (int unit : units) {
            map.putInt(unit);
        }
        return Base64.getEncoder().encodeToString(map.put(bytes).array());
    }

    private static ObjectNode withCharsmap(String map) throws IOException {
        ObjectNode file = plain();
        file.putObject("normalizer").put("type", "Precompiled").put("precompiled_charsmap", map);
        return file;
    }

    @Test
    void aCharsmapThatIsWholeIsTaken() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.open(file(withCharsmap(charsmap(trie(), "a\0"))), 16)) {
            assertThat(tokenizer.encode("A").ids())
                    .containsExactly(tokenizer.encode("a").ids());
        }
    }

    @Test
    void aCharsmapThatLeadsOutOfItselfIsRefused() throws IOException {
        int[] far = trie();
        far[0] = 4096 << 10;
        assertRefused(withCharsmap(charsmap(far, "a\0")), "its trie leads out of itself");
        int[] leaf = trie();
        leaf[384] = 0x80000000 | 1000;
        assertRefused(withCharsmap(charsmap(leaf, "a\0")), "a leaf points to byte 1,000 of 2");
        int[] middle = trie();
        middle[384] = 0x80000001;
        assertRefused(withCharsmap(charsmap(middle, "é\0")), "a leaf points to byte 1 of 3");
        assertRefused(withCharsmap(charsmap(trie(), "a".repeat(300) + "\0")), "makes 300 bytes of one character");
        assertRefused(withCharsmap("AAAA"), "not a precompiled charsmap");
        assertRefused(withCharsmap("not base64!"), "is not base64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normalizer | {'type': 'Prepend', 'prepend': '@'} | has 1,000,000 characters; at most 100 are read",
                "normalizer | {'type': 'Bogus'} | unknown type 'Bogus'; expected one of [BertNormalizer,",
                "pre_tokenizer | {'type': 'FixedLength', 'length': 0} | 'pre_tokenizer.length' is 0, expected 1 to",
                "pre_tokenizer | {'type': 'Metaspace', 'replacement': 'ab'} | is 'ab', expected one character",
                "post_processor | {'type': 'BertProcessing', 'sep': ['x'], 'cls': ['y', 1]} | needs a token and its",
                "model | {'type': 'WordPiece', 'vocab': {'a': -1}} | 'model.vocab.a' is -1, expected 0 to",
                "model | {'type': 'Unigram', 'unk_id': 5, 'vocab': [['a', 0]]} | 'model.unk_id' is 5, expected 0 to 0",
                "model | {'type': 'Unigram', 'unk_id': 0, 'vocab': [['', 0]]} | is an empty token"
            },
            quoteCharacter = '"')
    void componentsThatTheNativeLibraryTrustsAreChecked(String field, String component, String message)
            throws IOException {
        ObjectNode file = plain();
        file.set(field, JSON.readTree(component.replace("'", "\"").replace("@", "x".repeat(1_000_000))));
        assertRefused(file, message);
    }

    @Test
    void replacementsThatMultiplyAreRefused() throws IOException {
        ObjectNode file = plain();
        var steps = file.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        for (int i = 0; i < 10; i++) {
            ObjectNode step = steps.addObject().put("type", "Replace").put("content", "a".repeat(50));
            step.putObject("pattern").put("String", "a");
        }
        assertRefused(file, "times as long");
    }

    @Test
    void addedTokensAreNotNormalizedToNothing() throws IOException {
        ObjectNode file = plain();
        ((ObjectNode) file.at("/added_tokens/0")).put("normalized", true);
        try (Tokenizer tokenizer = Tokenizer.open(file(file), 16)) {
            assertThat(tokenizer.encode("a").ids()).hasSize(3);
        }
        ObjectNode replace = file.putObject("normalizer").put("type", "Replace").put("content", " ");
        replace.putObject("pattern").put("Regex", "\\[PAD\\]");
        assertRefused(file, "'added_tokens[0]' can be normalized to nothing");
        ((ObjectNode) replace.path("pattern")).put("Regex", "\\s+");
        ((ObjectNode) file.at("/added_tokens/0")).put("content", "\u00a8");
        assertRefused(file, "'added_tokens[0]' can be normalized to nothing");
    }

    @Test
    void templatesNameOnlyWhatThereIs() throws IOException {
        ObjectNode unknown = plain();
        ((ObjectNode) unknown.at("/post_processor/single/0/SpecialToken")).put("id", "[NONE]");
        assertRefused(unknown, "names the special token '[NONE]'");
        ObjectNode without = plain();
        ((com.fasterxml.jackson.databind.node.ArrayNode) without.at("/post_processor/single")).remove(1);
        assertRefused(without, "leaves out the sequence [A]");
        ObjectNode uneven = plain();
        ((ObjectNode) uneven.at("/post_processor/special_tokens/[CLS]")).putArray("tokens");
        assertRefused(uneven, "has 1 numbers for 0 tokens");
    }

    @Test
    void mergesFitTheirPrefixAndVocabulary() throws IOException {
        ObjectNode file = plain();
        file.putNull("pre_tokenizer");
        ObjectNode model = file.putObject("model").put("type", "BPE").put("continuing_subword_prefix", "##");
        model.putObject("vocab").put("a", 0).put("b", 1).put("ab", 2);
        model.putArray("merges").add("a b");
        assertRefused(file, "has a second token without the prefix '##'");
        model.putNull("continuing_subword_prefix");
        ((com.fasterxml.jackson.databind.node.ArrayNode) model.path("merges")).add("a c");
        assertRefused(file, "needs the token 'c'");
    }

    @Test
    void paddingAndTruncationOfTheFileNeverReachTheLibrary() throws IOException {
        ObjectNode file = plain();
        ((ObjectNode) file.path("padding")).put("pad_to_multiple_of", 0);
        ((ObjectNode) file.path("truncation")).put("stride", 1_000).put("max_length", 0);
        try (Tokenizer tokenizer = Tokenizer.open(file(file), 16)) {
            assertThat(tokenizer.encode("a").ids()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\s+",
                " {2,}",
                "[0-9]",
                "\\p{N}{1,3}",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                        + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++",
                "[\\n\\r]+|[\\[\\]]|\\d+"
            })
    void publishedExpressionsAreTaken(String regex) throws IOException {
        Patterns.check(new Part("pattern", JSON.createObjectNode().put("Regex", regex)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a+)+$",
                "(?:a|a)*b",
                "a*a*b",
                "a+b",
                "(.)\\1",
                "(?<x>a)\\k<x>",
                "(?>a+)",
                "a{1000}",
                "a{1,50}{1,50}",
                ".{0,100}.{0,100}.{0,100}x",
                "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)x",
                "(((",
                "^",
                "$",
                "a*",
                "a?",
                "a{0,3}",
                "(?=a)",
                "(?:a|b?)",
                "a|",
                "\\b",
                "[a",
                "*a",
                "\\"
            })
    void expressionsThatCouldTakeForeverAreRefused(String regex) {
        assertThatThrownBy(() -> Patterns.check(
                        new Part("pattern", JSON.createObjectNode().put("Regex", regex))))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("is a regular expression that is not read");
    }
}

package org.menagerie.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.TensorPool;
import org.menagerie.spi.ZooException;

/** A word-piece vocabulary of ten entries whose file asks for padding to 128. */
class TokenizerTest {
    private static final int UNKNOWN = 1;
    private static final int START = 2;
    private static final int END = 3;

    private Tokenizer tokenizer;

    TokenizerTest() throws Exception {
        tokenizer = open(16);
    }

    private static Tokenizer open(int maxTokens) throws Exception {
        return Tokenizer.open(
                Path.of(Objects.requireNonNull(TokenizerTest.class.getResource("tokenizer.json"))
                        .toURI()),
                maxTokens);
    }

    @BeforeEach
    void reopen() throws Exception {
        tokenizer.close();
        tokenizer = open(16);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void lowersStripsAccentsAndSplitsWords() {
        assertThat(tokenizer.encode("A Café. TREES fell").ids()).containsExactly(START, 4, 5, 9, 6, 7, 8, END);
        assertThat(tokenizer.encode("brook").ids()).containsExactly(START, UNKNOWN, END);
    }

    @Test
    void ignoresTheFilesPaddingAndCutsLongTexts() {
        assertThat(tokenizer.encode("").ids()).containsExactly(START, END);
        assertThat(tokenizer.encode("a ".repeat(50_000)).ids())
                .hasSize(16)
                .startsWith(START, 4, 4)
                .endsWith(4, END);
    }

    @Test
    void batchesEqualSingles() {
        List<String> texts = List.of("a", "", "trees fell.", "a café a café a café", "x");
        List<Tokens> batch = tokenizer.encode(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(batch.get(i).ids())
                    .containsExactly(tokenizer.encode(texts.get(i)).ids());
        }
    }

    @Test
    void malformedUnicodeIsReplacedAndControlsAreHarmless() {
        assertThat(tokenizer.encode("a \uD800 a").ids()).startsWith(START, 4).endsWith(4, END);
        assertThat(tokenizer.encode("\uDC00\uD83D").ids()).startsWith(START);
        assertThat(tokenizer.encode("a\0a \u202E \uFFFF").ids()).startsWith(START);
        assertThat(tokenizer.encode("tree \uD83C\uDF33 fell").ids()).containsExactly(START, 6, UNKNOWN, 8, END);
    }

    @Test
    void batchesArePaddedToTheLongestWhateverTheirMemoryHeld() {
        TensorPool pool = new TensorPool();
        TokenBatch used = TokenBatch.of(tokenizer.encode(List.of("trees fell.", "trees fell.")), pool);
        used.returning(pool).run();
        TokenBatch batch = TokenBatch.of(tokenizer.encode(List.of("a", "trees fell.")), pool);
        assertThat(batch.ids()).hasToString("i64[2,6]");
        assertThat(batch.ids().toLongArray()).containsExactly(2, 4, 3, 0, 0, 0, 2, 6, 7, 8, 9, 3);
        assertThat(batch.mask().toLongArray()).containsExactly(1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
        assertThat(batch.types().toLongArray()).containsOnly(0);
    }

    @Test
    void filesThatAreNoTokenizerAreNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": 1}");
        assertThatThrownBy(() -> Tokenizer.open(file, 16))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("tokenizer.json is not a tokenizer.json that this version");
        assertThatThrownBy(() -> Tokenizer.open(folder.resolve("none.json"), 16))
                .hasMessageContaining("No such tokenizer file");
    }
}

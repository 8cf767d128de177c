package org.menagerie.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Network;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.spi.Tensor;

class TextPreprocessorTest {
    /** A card whose vocabulary is called {@code words}. */
    static final Artifacts FILES = new Artifacts() {
        @Override
        public Path file(String name) {
            assertThat(name).isEqualTo("words");
            try {
                return Path.of(Objects.requireNonNull(TextPreprocessorTest.class.getResource("tokenizer.json"))
                        .toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Network network(String name) {
            throw new UnsupportedOperationException(name);
        }
    };

    private static Prepared prepare(TokenizerSettings settings, String... texts) {
        try (TextPreprocessor preprocessor = new TextPreprocessor(settings, FILES)) {
            return preprocessor.prepare(Arrays.asList(texts));
        }
    }

    private static long[] of(Prepared prepared, String name) {
        Tensor tensor = prepared.tensors().get(name);
        return Objects.requireNonNull(tensor, name).toLongArray();
    }

    @Test
    void namesAndPadsTheInputs() {
        Prepared bert = prepare(new TokenizerSettings("words", null, null, null, null), "a", "trees fell.");
        assertThat(bert.tensors()).containsOnlyKeys("input_ids", "attention_mask", "token_type_ids");
        assertThat(of(bert, "input_ids")).containsExactly(2, 4, 3, 0, 0, 0, 2, 6, 7, 8, 9, 3);
        assertThat(of(bert, "attention_mask")).containsExactly(1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
        assertThat(bert.size()).isEqualTo(2);
    }

    @Test
    void feedsOnlyWhatTheNetworkTakes() {
        Prepared distilled = prepare(new TokenizerSettings("words", 3, "ids", "mask", "none"), "a a a a a a");
        assertThat(distilled.tensors()).containsOnlyKeys("ids", "mask");
        assertThat(of(distilled, "ids")).containsExactly(2, 4, 3);
        Prepared bare = prepare(new TokenizerSettings("words", null, null, "none", "none"), "a");
        assertThat(bare.tensors()).containsOnlyKeys("input_ids");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new TokenizerSettings(null, 8193, null, null, null))
                .hasMessage("maxTokens must be 2 to 8,192, not 8,193");
        assertThatThrownBy(() -> new TokenizerSettings(null, null, "none", null, null))
                .hasMessage("ids must name an input: no network does without token numbers");
    }

    @Test
    void isBoundUnderItsName() {
        var kinds = com.google.inject.util.Types.mapOf(String.class, PreprocessorKind.class);
        Object bound = Guice.createInjector(new TextPlugin()).getInstance(com.google.inject.Key.get(kinds));
        assertThat(bound)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("hashed-words", "tokenizer");
        assertThat(List.of(new TextPlugin().info().name())).containsExactly("text");
    }
}

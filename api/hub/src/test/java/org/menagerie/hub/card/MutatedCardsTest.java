package org.menagerie.hub.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.CardException;

/**
 * A thousand damaged cards and a thousand damaged indexes, the same ones every time ({@code -Dmenagerie.mutations=N} in {@code
 * surefire.argLine} makes it N of each): each is read, or refused with one sentence; none hangs or throws otherwise.
 */
class MutatedCardsTest {
    private static final String INDEX = """
            {"cards": [
              {"name": "lenet", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
              {"name": "resnet", "sha256": "f123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
            ]}
            """;

    private static final List<String> SNIPPETS = List.of(
            "1e99999999",
            "-1",
            "99999999999999999999999999",
            "0x7fffffff",
            "null",
            "~",
            "[]",
            "{}",
            "true",
            "&a",
            "*a",
            "!!java.lang.Object",
            "- ",
            ": ",
            "\t",
            "\"",
            "'",
            "|",
            ">",
            "---\n",
            "...\n",
            "#",
            "%YAML 9.9\n",
            "\u0000",
            "\ud800",
            "\ufeff",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1",
            "unknown: 1\n",
            "  size: 3\n",
            "1:2:3",
            "0b1",
            ".nan",
            ".inf",
            "2001-01-01",
            "<<: *a",
            "? x",
            "\r\n",
            "=",
            "a".repeat(5000));

    private static final int COUNT = Integer.getInteger("menagerie.mutations", 1000);

    @Test
    void eachCardIsReadOrRefusedInOneSentence() {
        assertThat(refused(CardReaderTest.CARD, 20, text -> CardReader.read("lenet", text)))
                .isBetween(COUNT / 3, COUNT - 1);
    }

    @Test
    void eachIndexIsReadOrRefusedInOneSentence() {
        assertThat(refused(INDEX, 21, text -> CatalogIndex.parse("index.json", text)))
                .isBetween(COUNT / 3, COUNT - 1);
    }

    /** The number of mutants that were refused. */
    private static int refused(String original, long seed, Consumer<String> read) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < COUNT; i++) {
            String text = mutated(original, random);
            try {
                assertTimeoutPreemptively(Duration.ofSeconds(60), () -> read.accept(text), "mutant " + i);
            } catch (CardException e) {
                assertThat(e.getMessage())
                        .as("mutant %d", i)
                        .startsWith("Card ")
                        .hasSizeLessThan(12_000)
                        .doesNotContain("\n");
                refused++;
            }
        }
        return refused;
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = 1 + random.nextInt(3); n > 0 && mutated.length() > 0; n--) {
            int at = random.nextInt(mutated.length());
            int length = Math.min(mutated.length() - at, 1 + random.nextInt(30));
            switch (random.nextInt(6)) {
                case 0 -> mutated.setLength(at);
                case 1 -> mutated.delete(at, at + length);
                case 2 -> mutated.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
                case 3 -> mutated.replace(at, at + length, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
                case 4 -> mutated.setCharAt(at, (char) random.nextInt(300));
                default -> value(mutated, random);
            }
        }
        return mutated.toString();
    }

    /** Replaces what stands after a colon on some line. */
    private static void value(StringBuilder text, Random random) {
        int colon = text.indexOf(": ", random.nextInt(text.length()));
        if (colon >= 0) {
            int end = text.indexOf("\n", colon);
            text.replace(colon + 2, end < 0 ? text.length() : end, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        }
    }
}

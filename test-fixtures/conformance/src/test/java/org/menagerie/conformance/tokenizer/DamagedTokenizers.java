package org.menagerie.conformance.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.menagerie.spi.ZooException;
import org.menagerie.text.Tokenizer;

/** Opens damaged files, one after the other, and encodes texts with those that open: a process that may end by it. */
final class DamagedTokenizers {
    private static final List<String> TEXTS = List.of(
            "", "the quick brown fox. AbAbA", "é\u0301 ﷺ A\u00a0 B  1234", "世界 🌳\u200d\n\t\r", "a".repeat(3_000),
            "the ".repeat(1_000), "\0 \uFFFF <s> <unk> [CLS]");

    private DamagedTokenizers() {}

    /** Takes a folder and the first and last number of the files, and prints a line about each. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0], "tokenizer.json");
        for (int number = Integer.parseInt(arguments[1]); number <= Integer.parseInt(arguments[2]); number++) {
            Files.write(file, new TokenizerDamage(SeedTokenizers.all(), number).file());
            System.out.println("begin " + number);
            long start = System.nanoTime();
            String outcome = tried(file).replaceAll("\\R", " ");
            System.out.printf("end %d %d %s%n", number, (System.nanoTime() - start) / 1_000_000, outcome);
        }
    }

    private static String tried(Path file) {
        try (Tokenizer tokenizer = Tokenizer.open(file, 32)) {
            try {
                TEXTS.forEach(tokenizer::encode);
                tokenizer.encode(TEXTS);
            } catch (RuntimeException e) {
                // A vocabulary without a token for the unknown cannot encode every text, and says so.
                return "used " + e.getClass().getSimpleName() + " " + e.getMessage();
            }
            return "used";
        } catch (ZooException e) {
            return "refused " + e.getMessage();
        } catch (RuntimeException e) {
            return "undeclared " + e;
        }
    }
}

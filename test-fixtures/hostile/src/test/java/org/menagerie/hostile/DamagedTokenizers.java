package org.menagerie.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.menagerie.spi.ZooException;
import org.menagerie.text.Tokenizer;

/** Opens damaged files, one after the other, and encodes texts with those that open: a process that may end by it. */
final class DamagedTokenizers {
    private static final List<String> TEXTS = List.of(
            "",
            "the quick brown fox. AbAbA",
            "é\u0301 ﷺ A\u00a0 B  1234",
            "世界 🌳\u200d\n\t\r",
            "a".repeat(3_000),
            "the ".repeat(1_000),
            "\0 \uFFFF <s> <unk> [CLS]");

    /** The longest call for the file at hand, nanoseconds. */
    private static long longest;

    private DamagedTokenizers() {}

    /** Takes a folder and the first and last number of the files, and prints a line about each. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0], "tokenizer.json");
        for (int number = Integer.parseInt(arguments[1]); number <= Integer.parseInt(arguments[2]); number++) {
            Files.write(file, new TokenizerDamage(SeedTokenizers.all(), number).file());
            System.out.println("begin " + number);
            longest = 0;
            String outcome = tried(file).replaceAll("\\R", " ");
            System.out.printf("end %d %d %s%n", number, longest / 1_000_000, outcome);
        }
    }

    private static <T> T timed(Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            longest = Math.max(longest, System.nanoTime() - start);
        }
    }

    private static String tried(Path file) {
        try (Tokenizer tokenizer = timed(() -> Tokenizer.open(file, 32))) {
            try {
                TEXTS.forEach(text -> timed(() -> tokenizer.encode(text)));
                timed(() -> tokenizer.encode(TEXTS));
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

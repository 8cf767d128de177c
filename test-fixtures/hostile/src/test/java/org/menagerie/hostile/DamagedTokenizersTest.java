package org.menagerie.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged {@code tokenizer.json} files, damaged as such files are read, never end the process: each is refused in a sentence or
 * used, with no call over two seconds.
 */
class DamagedTokenizersTest {
    private static final int FILES = Length.of(150, 5_000);
    private static final long MOST_MILLIS = 2_000;

    @TempDir
    Path folder = Path.of("");

    private final List<String> ended = new ArrayList<>();
    private int used;
    private int refused;

    @Test
    void noneEndsTheProcessOrHoldsItUp() throws Exception {
        List<String> slow = new ArrayList<>();
        List<String> undeclared = new ArrayList<>();
        int next = 1;
        while (next <= FILES) {
            int last = next - 1;
            boolean first = true;
            for (String line : lines(next)) {
                String[] words = line.split(" ", 5);
                if (words[0].equals("begin")) {
                    last = Integer.parseInt(words[1]);
                    continue;
                }
                if (!words[0].equals("end")) {
                    continue;
                }
                // The first call in a process loads the native library.
                if (Long.parseLong(words[2]) > MOST_MILLIS && !first) {
                    slow.add(line);
                }
                first = false;
                used += words[3].equals("used") ? 1 : 0;
                refused += words[3].equals("refused") ? 1 : 0;
                if (words[3].equals("undeclared")) {
                    undeclared.add(line);
                }
            }
            if (last < FILES) {
                ended.add("file " + last);
            }
            next = Math.max(last, next) + 1;
        }
        System.out.printf(
                "Tokenizers: %d tried, %d used, %d refused, %d ended the process, %d slow, %d undeclared%n",
                FILES, used, refused, ended.size(), slow.size(), undeclared.size());
        assertThat(ended).as("files that ended the process").isEmpty();
        assertThat(slow).as("files that took longer than %d ms", MOST_MILLIS).isEmpty();
        assertThat(undeclared).as("exceptions that are not declared").isEmpty();
        assertThat(used).as("files that open all the same").isGreaterThan(FILES / 20);
        assertThat(refused).isGreaterThan(FILES / 20);
        assertThat(folder.resolve("cache"))
                .as("caches of the libraries under the tokenizer, outside ZOO_HOME")
                .doesNotExist();
    }

    private List<String> lines(int from) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.start(
                folder.resolve("out.txt"),
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
                List.of("-Xmx500m", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("hs_err.txt")),
                DamagedTokenizers.class,
                List.of(folder.toString(), Integer.toString(from), Integer.toString(FILES)));
        child.process().waitFor();
        return child.output().lines().toList();
    }
}

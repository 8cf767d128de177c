package org.menagerie.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files for every reader, each reader in a process of its own with 700 MB: every file is read or refused with a declared
 * exception, in less than 2 s of processor time and 500 MB of Java's memory, and no process ends or hangs.
 */
class FuzzTest {
    private static final int AT_ONCE = 2;

    @TempDir
    Path temp;

    private record Running(Reader reader, Path folder, ChildJvm child) {}

    @Test
    void everyReaderReadsOrRefusesWhatItIsGiven() throws Exception {
        int mutants = Length.of(30, 3000);
        List<Reader> readers = Reader.all(Files.createDirectories(temp.resolve("list")));
        List<String> table = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (int from = 0; from < readers.size(); from += AT_ONCE) {
            List<Running> running = new ArrayList<>();
            for (Reader reader : readers.subList(from, Math.min(readers.size(), from + AT_ONCE))) {
                running.add(start(reader, mutants));
            }
            for (Running one : running) {
                table.add(result(one, mutants, findings));
            }
        }
        System.out.println(String.join(System.lineSeparator(), table));
        assertThat(findings).as(String.join("\n", table)).isEmpty();
    }

    private Running start(Reader reader, int mutants) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(reader.name().replace(' ', '-')));
        ChildJvm child = ChildJvm.start(
                folder.resolve("log"),
                Map.of("ZOO_HOME", temp.resolve("zoo").toString(), "ORT_DISABLE_TELEMETRY", "1"),
                List.of("-Xmx700m", "-XX:MaxDirectMemorySize=700m"),
                Fuzz.class,
                List.of(folder.toString(), reader.name(), "0", Integer.toString(mutants)));
        return new Running(reader, folder, child);
    }

    private static String result(Running one, int mutants, List<String> findings) throws Exception {
        boolean ended = one.child().process().waitFor(Length.of(120, 1200), TimeUnit.SECONDS);
        if (!ended) {
            one.child().process().destroyForcibly().waitFor();
        }
        String name = one.reader().name();
        String output = one.child().output();
        output.lines().filter(line -> line.startsWith("FINDING")).forEach(line -> findings.add(name + ": " + line));
        String result = output.lines()
                .filter(line -> line.startsWith("RESULT"))
                .findFirst()
                .orElse("");
        if (result.isEmpty()) {
            Path at = one.folder().resolve("at");
            String number = Files.exists(at) ? Files.readString(at) : "none";
            String end = output.length() > 2000 ? output.substring(output.length() - 2000) : output;
            findings.add("%s: the process %s at mutant %s; it printed '%s'"
                    .formatted(name, ended ? "ended" : "hung", number, end));
        }
        return "%-14s %,6d tried  %s".formatted(name, mutants, result);
    }
}

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

    private record Running(List<String> readers, Path folder, ChildJvm child) {}

    @Test
    void everyReaderReadsOrRefusesWhatItIsGiven() throws Exception {
        int mutants = Length.of(30, 3000);
        List<String> readers = Reader.all(Files.createDirectories(temp.resolve("list"))).stream()
                .map(Reader::name)
                .toList();
        // Starting a process takes longer than a few mutants.
        int together = Length.of((readers.size() + 1) / AT_ONCE, 1);
        List<List<String>> groups = new ArrayList<>();
        for (int from = 0; from < readers.size(); from += together) {
            groups.add(readers.subList(from, Math.min(readers.size(), from + together)));
        }
        List<String> table = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (int from = 0; from < groups.size(); from += AT_ONCE) {
            List<Running> running = new ArrayList<>();
            for (List<String> group : groups.subList(from, Math.min(groups.size(), from + AT_ONCE))) {
                running.add(start(group, mutants));
            }
            for (Running one : running) {
                collect(one, table, findings);
            }
        }
        System.out.printf("%,d mutants for each reader%n%s%n", mutants, String.join(System.lineSeparator(), table));
        assertThat(findings).as(String.join("\n", table)).isEmpty();
        assertThat(table).hasSameSizeAs(readers);
    }

    private Running start(List<String> readers, int mutants) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(readers.get(0).replace(' ', '-')));
        ChildJvm child = ChildJvm.start(
                folder.resolve("log"),
                Map.of("ZOO_HOME", temp.resolve("zoo").toString(), "ORT_DISABLE_TELEMETRY", "1"),
                List.of("-Xmx700m", "-XX:MaxDirectMemorySize=700m"),
                Fuzz.class,
                List.of(folder.toString(), String.join(",", readers), "0", Integer.toString(mutants)));
        return new Running(readers, folder, child);
    }

    private static void collect(Running one, List<String> table, List<String> findings) throws Exception {
        boolean ended = one.child().process().waitFor(Length.of(300, 1800), TimeUnit.SECONDS);
        if (!ended) {
            one.child().process().destroyForcibly().waitFor();
        }
        String output = one.child().output();
        output.lines().filter(line -> line.startsWith("FINDING")).forEach(findings::add);
        List<String> results =
                output.lines().filter(line -> line.startsWith("RESULT")).toList();
        table.addAll(results);
        if (results.size() < one.readers().size()) {
            Path at = one.folder().resolve("at");
            String number = Files.exists(at) ? Files.readString(at) : "none";
            String end = output.length() > 2000 ? output.substring(output.length() - 2000) : output;
            findings.add("the process of %s %s at mutant %s; it printed '%s'"
                    .formatted(one.readers(), ended ? "ended" : "hung", number, end));
        }
    }
}

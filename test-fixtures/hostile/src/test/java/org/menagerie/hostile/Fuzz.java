package org.menagerie.hostile;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.menagerie.spi.ZooException;

/**
 * Reads mutants, in a process of its own, because a native library can end it: arguments folder, readers with commas between
 * them, first mutant, number of mutants. Before each mutant its reader and number go to the file {@code at}; every finding is
 * printed as a line.
 */
final class Fuzz {
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final long MOST_BYTES = 500_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final Reader reader;
    private final Map<String, Integer> counts =
            new TreeMap<>(Map.of("read", 0, "refused", 0, "undeclared", 0, "slow", 0, "large", 0));
    private long slowest;
    private long largest;

    private Fuzz(Path folder, Reader reader) {
        this.folder = folder;
        this.reader = reader;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<String> names = List.of(arguments[1].split(","));
        int first = Integer.parseInt(arguments[2]);
        for (Reader reader : Reader.all(folder)) {
            if (names.contains(reader.name())) {
                Fuzz fuzz = new Fuzz(folder, reader);
                for (int number = first; number < first + Integer.parseInt(arguments[3]); number++) {
                    fuzz.one(number);
                }
                System.out.printf(
                        "RESULT %-14s %s, slowest %,d ms, largest %,d MB%n",
                        reader.name(), fuzz.counts, fuzz.slowest / 1_000_000, fuzz.largest / 1_000_000);
            }
        }
        System.out.flush();
        // Without waiting for what a native library may still be doing.
        Runtime.getRuntime().halt(0);
    }

    private void one(int number) throws IOException {
        byte[] seed = reader.seeds().get(number % reader.seeds().size());
        byte[] bytes = Mutation.of(seed, number);
        Path file = folder.resolve(reader.file());
        Files.write(file, bytes);
        Files.writeString(folder.resolve("at"), reader.name() + " " + number, StandardCharsets.UTF_8);
        long time = THREADS.getCurrentThreadCpuTime();
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        String outcome = outcome(number, file, bytes);
        // Native code allocates elsewhere; the parent limits the process.
        memory = THREADS.getCurrentThreadAllocatedBytes() - memory;
        time = THREADS.getCurrentThreadCpuTime() - time;
        boolean warm = counts.getOrDefault("read", 0) + counts.getOrDefault("refused", 0) > 0;
        slowest = warm ? Math.max(slowest, time) : slowest;
        largest = warm ? Math.max(largest, memory) : largest;
        counts.merge(outcome, 1, Integer::sum);
        // The first one loads classes and native libraries.
        if (warm && time > MOST_NANOS) {
            finding("slow", number, "%,d ms".formatted(time / 1_000_000));
        }
        if (warm && memory > MOST_BYTES) {
            finding("large", number, "%,d bytes".formatted(memory));
        }
    }

    private String outcome(int number, Path file, byte[] bytes) {
        try {
            reader.use().read(file, bytes);
            return "read";
        } catch (ZooException | IOException e) {
            String message = String.valueOf(e.getMessage());
            if (e instanceof ZooException && (message.isBlank() || message.equals("null"))) {
                System.out.println("FINDING " + reader.name() + ": undeclared mutant " + number + ": no message in "
                        + e.getClass());
                return "undeclared";
            }
            return "refused";
        } catch (RuntimeException | Error e) {
            StackTraceElement[] trace = e.getStackTrace();
            System.out.println("FINDING " + reader.name() + ": undeclared mutant " + number + ": " + e + " at "
                    + (trace.length == 0 ? "?" : trace[0].toString()));
            return "undeclared";
        }
    }

    private void finding(String kind, int number, String what) {
        counts.merge(kind, 1, Integer::sum);
        System.out.println("FINDING " + reader.name() + ": " + kind + " mutant " + number + ": " + what);
    }
}

package org.menagerie.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The table of training steps against PyTorch: each workload in processes of its own, so that none inherits the memory of
 * another, and PyTorch in its fastest state. Two states are measured, with pages of 4 KiB and with huge ones, in both of
 * which {@link MemoryKept memory stays with the process}; the row is that of the state in which PyTorch is faster.
 */
public final class TrainingTable {
    private TrainingTable() {}

    /**
     * Arguments: the names of workloads (all without any), {@code --seconds N} for each state (20), {@code --threads N} for
     * one table in place of two, of 2 threads and of 1.
     */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> names = new ArrayList<>();
        String seconds = "20";
        List<String> threads = List.of("2", "1");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = arguments[++i];
                case "--threads" -> threads = List.of(arguments[++i]);
                default -> names.add(arguments[i]);
            }
        }
        List<String> chosen = names.isEmpty() ? TrainingBenchmark.names() : names;
        for (String count : threads) {
            System.out.printf("%nThreads of each side: %s%n%n", count);
            System.out.println(
                    "| step with Adam | ours ms | PyTorch ms | ratio (quartiles) | page faults a step, ours and"
                            + " PyTorch's | PyTorch's pages |");
            System.out.println("| --- | --- | --- | --- | --- | --- |");
            for (String name : chosen) {
                System.out.println(fastest(name, seconds, count).line());
            }
        }
    }

    /** One state's figures: the workload's title, and what {@link Duel.Outcome#row()} holds. */
    private record Row(String title, double[] figures, boolean hugePages) {
        double peer() {
            return figures[1];
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f (%.2f to %.2f) | %.0f, %.0f | %s |",
                    title,
                    figures[0],
                    figures[1],
                    figures[2],
                    figures[3],
                    figures[4],
                    figures[5],
                    figures[6],
                    hugePages ? "2 MiB" : "4 KiB");
        }
    }

    private static Row fastest(String name, String seconds, String threads) throws InterruptedException {
        Row small = measured(name, seconds, threads, false);
        Row huge = measured(name, seconds, threads, true);
        return Stream.of(small, huge).min(Comparator.comparingDouble(Row::peer)).orElseThrow();
    }

    private static Row measured(String name, String seconds, String threads, boolean hugePages)
            throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingBenchmark.class.getName(),
                        name,
                        "--seconds",
                        seconds,
                        "--threads",
                        threads,
                        "--row")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("MALLOC_"));
        builder.environment().putAll(MemoryKept.environment(hugePages));
        // DJL takes PyTorch from the class path.
        builder.environment().put("OFFLINE", "true");
        try {
            Process process = builder.start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0 || lines.isEmpty()) {
                throw new IllegalStateException("The benchmark of '%s' ended with %d: %s"
                        .formatted(name, process.exitValue(), String.join("; ", lines)));
            }
            String[] fields = lines.get(lines.size() - 1).split("\t");
            double[] figures =
                    Stream.of(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
            return new Row(fields[0], figures, hugePages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

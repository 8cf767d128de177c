package org.menagerie.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.runtime.Providers;
import org.menagerie.spi.ZooException;

/** Checks what models need: Java, ONNX Runtime and its providers, the cache and its disk, plugins and cards. */
public final class Diagnosis {
    private static final long LITTLE_SPACE = 2_000_000_000L;

    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis() {}

    /**
     * Tells the state of one thing that was checked.
     *
     * @param good false if it needs attention
     * @param subject what was checked, in a word or two
     */
    public record Finding(boolean good, String subject, String text) {}

    /** Checks everything for a zoo that is opened with these options. */
    public static List<Finding> of(ZooOptions options) {
        Diagnosis diagnosis = new Diagnosis();
        diagnosis.java();
        diagnosis.runtime();
        diagnosis.cache(options.home());
        diagnosis.good("network", options.offline() ? "not used (offline)" : "allowed");
        try (Zoo zoo = Zoo.open(options)) {
            diagnosis.good("plugins", zoo.plugins().size() + " work");
            diagnosis.good("models", zoo.cards().size() + " cards");
            zoo.problems().forEach(problem -> diagnosis.bad("problem", problem));
        }
        return List.copyOf(diagnosis.findings);
    }

    private void java() {
        good(
                "Java",
                "%s, %s, %s %s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vm.name"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch")));
        Runtime machine = Runtime.getRuntime();
        good(
                "processors",
                "%d, %s of memory for Java".formatted(machine.availableProcessors(), Sizes.text(machine.maxMemory())));
    }

    private void runtime() {
        try {
            Providers.Report report = Providers.report();
            good("ONNX Runtime", report.version() + " in " + report.nativePath());
            for (Providers.Provider provider : report.providers()) {
                good(
                        provider.name(),
                        provider.obstacle().map(o -> "not usable: " + o).orElse("works"));
            }
            Providers.Telemetry telemetry = report.telemetry();
            add(telemetry.off() || telemetry.wanted(), "telemetry", telemetry.reason());
        } catch (ZooException e) {
            bad("ONNX Runtime", String.valueOf(e.getMessage()));
        }
    }

    private void cache(Path home) {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, "doctor", ".tmp");
            Files.delete(probe);
            long free = Files.getFileStore(home).getUsableSpace();
            boolean little = free < LITTLE_SPACE;
            add(!little, "cache", "%s, %s%s free on its disk".formatted(home, little ? "only " : "", Sizes.text(free)));
        } catch (IOException e) {
            bad("cache", "%s cannot be written (%s); set ZOO_HOME to a folder that can".formatted(home, e));
        }
    }

    private void good(String subject, String text) {
        add(true, subject, text);
    }

    private void bad(String subject, String text) {
        add(false, subject, text);
    }

    private void add(boolean good, String subject, String text) {
        findings.add(new Finding(good, subject, text));
    }
}

package org.menagerie.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Sizes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Providers;
import org.menagerie.spi.ZooException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zoo doctor}: whether everything works that models need. */
@Command(
        name = "doctor",
        description = "Checks Java, ONNX Runtime and its providers, plugins, cards, the cache and its disk.",
        footerHeading = "%nExample:%n",
        footer = "  zoo doctor")
public final class DoctorCommand implements Callable<Integer> {
    private static final long LITTLE_SPACE = 2_000_000_000L;

    @Mixin
    CommonOptions common = new CommonOptions();

    private int problems;

    @Override
    public Integer call() {
        PrintWriter out = common.console().out();
        ZooOptions options = common.zooOptions();
        good(
                out,
                "Java",
                "%s, %s, %s %s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vm.name"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch")));
        good(
                out,
                "processors",
                "%d, %s of memory for Java"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Sizes.text(Runtime.getRuntime().maxMemory())));
        runtime(out);
        cache(out, options.home());
        good(out, "network", options.offline() ? "not used (offline)" : "allowed");
        try (Zoo zoo = Zoo.open(options)) {
            good(out, "plugins", zoo.plugins().size() + " work");
            good(out, "models", zoo.cards().size() + " cards");
            List<String> failures = zoo.problems();
            failures.forEach(problem -> bad(out, "problem", problem));
        }
        return problems == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private void runtime(PrintWriter out) {
        try {
            Providers.Report report = Providers.report();
            good(out, "ONNX Runtime", report.version() + " in " + report.nativePath());
            for (Providers.Provider provider : report.providers()) {
                good(
                        out,
                        provider.name(),
                        provider.obstacle().map(o -> "not usable: " + o).orElse("works"));
            }
            Providers.Telemetry telemetry = report.telemetry();
            if (telemetry.off() || telemetry.wanted()) {
                good(out, "telemetry", telemetry.reason());
            } else {
                bad(out, "telemetry", telemetry.reason());
            }
        } catch (ZooException e) {
            bad(out, "ONNX Runtime", String.valueOf(e.getMessage()));
        }
    }

    private void cache(PrintWriter out, Path home) {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, "doctor", ".tmp");
            Files.delete(probe);
            long free = Files.getFileStore(home).getUsableSpace();
            if (free < LITTLE_SPACE) {
                bad(out, "cache", "%s, only %s free on its disk".formatted(home, Sizes.text(free)));
            } else {
                good(out, "cache", "%s, %s free on its disk".formatted(home, Sizes.text(free)));
            }
        } catch (IOException e) {
            bad(out, "cache", "%s cannot be written (%s); set ZOO_HOME to a folder that can".formatted(home, e));
        }
    }

    private static void good(PrintWriter out, String what, String finding) {
        out.printf("ok   %-13s %s%n", what, finding);
    }

    private void bad(PrintWriter out, String what, String finding) {
        problems++;
        out.printf("BAD  %-13s %s%n", what, finding);
    }
}

package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooHome;

/** 10,000 runs leave the process as large as it was. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class LeakTest {
    private static final int FLOATS = 4096;

    @Test
    void residentSetStaysFlat() throws Exception {
        // Heap of fixed size, little unreclaimed direct memory, no optimising compiler: what grows is a leak.
        List<String> options = List.of(
                "-Xms32m",
                "-Xmx32m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=1m",
                "-XX:TieredStopAtLevel=1");
        ChildJvm.Result result =
                ChildJvm.start(ZooHome.resolve(), options, Program.class).await();
        assertThat(result.exitCode()).as("%s", result.err()).isZero();
        long before = Long.parseLong(result.out().get(0));
        long after = Long.parseLong(result.out().get(1));
        // One leaked tensor a run would be 160 MB, one leaked native handle a run about 2 MB each.
        assertThat(after - before).as("growth in KiB from %,d KiB", before).isLessThan(4 * 1024);
    }

    static final class Program {
        public static void main(String[] arguments) throws IOException {
            byte[] model = new TinyModel()
                    .input("x", ElementType.FLOAT32, "N")
                    .output("declared", ElementType.FLOAT32, "N")
                    .output("unnamed", ElementType.FLOAT32, "")
                    .node("Add", List.of("x", "x"), "declared")
                    .node("Mul", List.of("x", "x"), "unnamed")
                    .bytes();
            try (OnnxSession session = OnnxSession.open(
                    model, SessionOptions.defaults().withDevice(Device.CPU).withThreads(1))) {
                run(session, 3_000);
                System.out.println(residentKib());
                run(session, 10_000);
                System.out.println(residentKib());
            }
        }

        private static void run(OnnxSession session, int runs) {
            Tensor x = Tensor.allocate(ElementType.FLOAT32, FLOATS);
            Tensor y = Tensor.allocate(ElementType.FLOAT32, FLOATS);
            for (int i = 0; i < runs; i++) {
                switch (i % 3) {
                    case 0 -> session.run(Map.of("x", x));
                    case 1 -> session.run(Map.of("x", x), Map.of("declared", y));
                    default -> {
                        try (PinnedTensor in = session.pin(x);
                                PinnedTensor out = session.pin(y)) {
                            session.runPinned(Map.of("x", in), Map.of("declared", out), Set.of("unnamed"));
                        }
                    }
                }
            }
            System.gc();
        }

        private static long residentKib() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            throw new IOException("/proc/self/status has no VmRSS");
        }
    }
}

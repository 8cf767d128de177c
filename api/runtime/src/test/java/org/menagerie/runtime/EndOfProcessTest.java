package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.CancelledException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Ends processes, as Ctrl-C and {@code kill} do, while their threads load and run graphs: none crashes. Five times in every
 * build; {@code -Dmenagerie.kills=200} for the long form.
 */
@DisabledOnOs(OS.WINDOWS)
class EndOfProcessTest {
    private static final int KILLS = Integer.getInteger("menagerie.kills", 5);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    /** Loads graphs on two threads and runs another on two more until it is ended. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            byte[] graph = chain(400);
            SessionOptions options =
                    SessionOptions.defaults().withDevice(Device.CPU).withThreads(2);
            OnnxSession shared = OnnxSession.open(chain(50), options);
            for (int i = 0; i < 2; i++) {
                start(() -> OnnxSession.open(graph, options).close());
                start(() -> shared.run(Map.of("x", Tensor.of(new float[512], 1, 512))));
            }
            // A host closes what it has when it ends, beside ONNX Runtime's own hook and ours.
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            System.out.println("working");
            Thread.sleep(60_000);
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        work.run();
                    }
                } catch (CancelledException | IllegalStateException e) {
                    // The program is ending.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private static byte[] chain(int nodes) {
            TinyModel model = new TinyModel()
                    .input("x", ElementType.FLOAT32, "N", 512)
                    .output("y", ElementType.FLOAT32, "N", 512);
            for (int i = 0; i < nodes; i++) {
                model.node("Tanh", List.of(i == 0 ? "x" : "h" + i), i == nodes - 1 ? "y" : "h" + (i + 1));
            }
            return model.bytes();
        }
    }

    @Test
    void noProcessCrashes() throws Exception {
        Random random = new Random(1);
        List<String> wrong = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            ChildJvm child = ChildJvm.start(
                    folder,
                    List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:ErrorFile=" + folder.resolve("crash-%p.log")),
                    Program.class);
            long start = System.nanoTime();
            while (Files.size(child.out()) == 0 && child.process().isAlive()) {
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
                Thread.sleep(2);
            }
            Thread.sleep(random.nextInt(60));
            child.process().destroy();
            boolean ended = child.process().waitFor(30, TimeUnit.SECONDS);
            if (!ended) {
                child.process().destroyForcibly();
            }
            ChildJvm.Result result = child.await();
            if (!ended || result.exitCode() != TERMINATED || !result.err().isEmpty()) {
                wrong.add("%d: ended %s, exit code %d, %s".formatted(kill, ended, result.exitCode(), result.err()));
            }
        }
        assertThat(wrong).as("of %d processes", KILLS).isEmpty();
    }
}

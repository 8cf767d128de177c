package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CancelledException;
import org.menagerie.spi.DeadlineException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** A run of seconds that is stopped before it has ended. */
@Timeout(60)
class InterruptedRunTest {
    private static final int SIZE = 256;
    private final OnnxSession session =
            OnnxSession.open(longRun(), SessionOptions.defaults().withDevice(Device.CPU));

    /** Ten thousand products of two matrices, some milliseconds each on any machine. */
    private static byte[] longRun() {
        TinyModel model = new TinyModel()
                .input("x", ElementType.FLOAT32, SIZE, SIZE)
                .output("y", ElementType.FLOAT32, SIZE, SIZE);
        int nodes = 10_000;
        for (int i = 0; i < nodes; i++) {
            String from = i == 0 ? "x" : "h" + i;
            model.node("MatMul", List.of(from, "x"), i == nodes - 1 ? "y" : "h" + (i + 1));
        }
        return model.bytes();
    }

    private static Map<String, Tensor> input() {
        return Map.of("x", Tensor.of(new float[SIZE * SIZE], SIZE, SIZE));
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void byAnInterrupt() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                session.run(input());
                ended.complete(new AssertionError("it ran to its end"));
            } catch (RuntimeException e) {
                ended.complete(e);
            }
        });
        thread.start();
        Thread.sleep(100);
        thread.interrupt();
        assertThat(ended.get(2, TimeUnit.SECONDS))
                .isInstanceOf(CancelledException.class)
                .hasMessage("The call was interrupted");
    }

    @Test
    void byAnInterruptThatCameBefore() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> session.run(input())).isInstanceOf(CancelledException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void byALimit() {
        long start = System.nanoTime();
        CallScope scope = CallScope.of("A long run", Duration.ofMillis(100));
        assertThatThrownBy(() -> scope.run(() -> session.run(input())))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("A long run took longer than its limit of 100 ms");
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void byTheOuterScopeOfAnother() {
        CallScope outer = CallScope.of("The outer call", Duration.ofMillis(50));
        assertThatThrownBy(() -> outer.run(
                        () -> CallScope.of("The inner call", Duration.ofDays(1)).run(() -> session.run(input()))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("The outer call");
        assertThat(CallScope.current().ended()).isFalse();
    }
}

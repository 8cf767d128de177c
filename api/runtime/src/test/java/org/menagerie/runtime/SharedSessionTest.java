package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.runtime.TinyModel.named;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** One session, many threads. */
@Timeout(60)
class SharedSessionTest {
    private static final int THREADS = 8;

    private final OnnxSession session = OnnxSession.open(
            new TinyModel()
                    .input("x", ElementType.FLOAT32, "N", 64)
                    .output("y", ElementType.FLOAT32, "N", 64)
                    .weight("w", randomFloats(64 * 64, 1), 64, 64)
                    .node("MatMul", List.of("x", "w"), "h")
                    .node("Tanh", List.of("h"), "t")
                    .node("MatMul", List.of("t", "w"), "y")
                    .bytes(),
            SessionOptions.defaults().withDevice(Device.CPU).withThreads(2));

    private static float[] randomFloats(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 8;
        }
        return values;
    }

    private float[] answer(int seed) {
        int batch = 1 + seed % 5;
        Tensor x = Tensor.of(randomFloats(64 * batch, seed), batch, 64);
        return named("y", session.run(Map.of("x", x))).toFloatArray();
    }

    @Test
    void givesEachThreadTheAnswersThatOneThreadGets() throws Exception {
        int questions = 40;
        List<float[]> alone = new ArrayList<>();
        for (int seed = 0; seed < questions; seed++) {
            alone.add(answer(seed));
        }
        Callable<List<float[]>> ask = () -> {
            List<float[]> answers = new ArrayList<>();
            for (int seed = 0; seed < questions; seed++) {
                answers.add(answer(seed));
            }
            return answers;
        };
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<List<float[]>> answers : pool.invokeAll(Collections.nCopies(THREADS, ask))) {
                for (int seed = 0; seed < questions; seed++) {
                    assertThat(answers.get().get(seed)).isEqualTo(alone.get(seed));
                }
            }
        } finally {
            pool.shutdown();
            session.close();
        }
    }

    @Test
    void closeWaitsForRunsAndLaterUseIsRefused() throws Exception {
        CountDownLatch running = new CountDownLatch(THREADS);
        Callable<Integer> runUntilClosed = () -> {
            for (int runs = 0; ; runs++) {
                try {
                    assertThat(answer(3)).hasSize(4 * 64);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("was closed");
                    return runs;
                }
                if (runs == 0) {
                    running.countDown();
                }
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                runs.add(pool.submit(runUntilClosed));
            }
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            session.close();
            for (Future<Integer> count : runs) {
                assertThat(count.get(30, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            pool.shutdownNow();
        }
        session.close();
        assertThatThrownBy(() -> answer(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::metadata).isInstanceOf(IllegalStateException.class);
        assertThat(session.inputs()).hasToString("[x f32[N,64]]");
    }
}

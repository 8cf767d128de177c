package org.menagerie.host;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.CancelledException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;

/**
 * A host's worst day: 64 threads that ask well and badly at once, and zoos that are opened and closed without end. Four seconds
 * and 20 zoos in every build; the long form is 180 seconds and 500 zoos, and asks that resident memory stays what it was after
 * the first minute:
 *
 * <pre>mvn -Pcpu -pl test-fixtures/host -am verify -Dtest=HostSoakTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xms384m -Xmx384m -XX:+AlwaysPreTouch -Dmenagerie.soak.seconds=180 -Dmenagerie.soak.zoos=500"</pre>
 */
class HostSoakTest {
    private static final int SECONDS = Integer.getInteger("menagerie.soak.seconds", 4);
    private static final int ZOOS = Integer.getInteger("menagerie.soak.zoos", 20);
    private static final int THREADS = 64;
    /** In a shorter run memory still grows to what so many threads at once need. */
    private static final int LONG_SECONDS = 120;

    private static final long MOST_GROWTH_MEBIBYTES = 48;

    @TempDir
    Path home;

    /** How a call is made, and which answer or exception is right. */
    private enum Call {
        GOOD,
        NULL,
        LIST_WITH_NULL,
        WRONG_TYPE,
        INTERRUPTED,
        LATE
    }

    private ZooOptions options() {
        return ZooOptions.defaults().withHome(home).withOffline(true).withDevice(Device.CPU);
    }

    private static Model<Image, Classifications> lenet(Zoo zoo) {
        return zoo.load("lenet-fashion-mnist", Image.class, Classifications.class);
    }

    private static Image picture(int seed) {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(seed);
        var pen = picture.createGraphics();
        pen.setColor(Color.LIGHT_GRAY);
        pen.fillRect(random.nextInt(10), random.nextInt(10), 5 + random.nextInt(12), 5 + random.nextInt(12));
        pen.dispose();
        return ImageFactory.getInstance().fromImage(picture);
    }

    @Test
    void manyThreadsGetWhatEachAskedFor() throws Exception {
        List<Image> pictures = List.of(picture(1), picture(2), picture(3));
        Map<Call, AtomicLong> calls = new EnumMap<>(Call.class);
        Arrays.stream(Call.values()).forEach(call -> calls.put(call, new AtomicLong()));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Zoo zoo = Zoo.open(options());
                Model<Image, Classifications> model = lenet(zoo)) {
            List<String> expected =
                    pictures.stream().map(p -> model.predict(p).toJson()).toList();
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
            List<Future<List<String>>> wrong = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Random random = new Random(t);
                wrong.add(threads.submit(() -> {
                    List<String> found = new ArrayList<>();
                    while (System.nanoTime() < end && found.size() < 5) {
                        Call call = Call.values()[random.nextInt(Call.values().length)];
                        int which = random.nextInt(pictures.size());
                        String outcome = outcome(model, call, pictures.get(which));
                        if (!outcome.equals(call == Call.GOOD ? expected.get(which) : "refused")) {
                            found.add(call + ": " + outcome);
                        }
                        calls.get(call).incrementAndGet();
                    }
                    return found;
                }));
            }
            long early = residentAt(start, SECONDS / 3.0);
            long late = residentAt(start, SECONDS - 0.3);
            List<String> all = new ArrayList<>();
            for (Future<List<String>> found : wrong) {
                all.addAll(found.get(60, TimeUnit.SECONDS));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d threads, %d s: calls %s, wrong %d; resident %d MiB after a third, %d at the end%n",
                    THREADS,
                    SECONDS,
                    calls,
                    all.size(),
                    early,
                    late);
            assertThat(all).isEmpty();
            calls.forEach((call, count) -> assertThat(count).as(call.name()).hasPositiveValue());
            if (SECONDS >= LONG_SECONDS) {
                assertThat(late - early).isLessThan(MOST_GROWTH_MEBIBYTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The answer, {@code refused} if the call failed as it should, or what else came. */
    private static String outcome(Model<Image, Classifications> model, Call call, Image picture) {
        try {
            return switch (call) {
                case GOOD -> model.predict(picture).toJson();
                case NULL -> String.valueOf(model.predict(Collections.singletonList(null)));
                case LIST_WITH_NULL -> String.valueOf(model.predict(Arrays.asList(picture, null)));
                case WRONG_TYPE -> String.valueOf(model.predict(disguised()));
                case INTERRUPTED -> {
                    Thread.currentThread().interrupt();
                    yield String.valueOf(model.predict(Collections.nCopies(200, picture)));
                }
                case LATE -> String.valueOf(model.predict(Collections.nCopies(2_000, picture), Duration.ofMillis(1)));
            };
        } catch (InvalidInputException e) {
            return call == Call.INTERRUPTED || call == Call.LATE ? e.toString() : "refused";
        } catch (CancelledException e) {
            boolean right = call == Call.LATE || (call == Call.INTERRUPTED && Thread.interrupted());
            return right ? "refused" : e.toString();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Image> disguised() {
        return (List<Image>) (List<?>) List.of("no picture");
    }

    @Test
    void zoosAreOpenedAndClosedWithoutEnd() throws IOException {
        Image picture = picture(1);
        String expected = null;
        long early = 0;
        for (int i = 0; i < ZOOS; i++) {
            try (Zoo zoo = Zoo.open(options())) {
                String answer = lenet(zoo).predict(picture).toJson();
                expected = expected == null ? answer : expected;
                assertThat(answer).isEqualTo(expected);
            }
            if (i == ZOOS / 3) {
                early = residentMebibytes();
            }
        }
        long late = residentMebibytes();
        System.out.printf(Locale.ROOT, "%d zoos: resident %d MiB after a third, %d at the end%n", ZOOS, early, late);
        if (ZOOS >= 300) {
            assertThat(late - early).isLessThan(MOST_GROWTH_MEBIBYTES);
        }
    }

    private static long residentAt(long start, double seconds) throws IOException, InterruptedException {
        long left = start + (long) (seconds * 1e9) - System.nanoTime();
        Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(left)));
        return residentMebibytes();
    }

    /** The process's memory in use as Linux counts it; 0 elsewhere. */
    private static long residentMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}

package org.menagerie.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 22_050, 44_100, 44_099, 48_000, 96_000})
    void passesWhatBothRatesHold(int rate) {
        for (double hertz : new double[] {50, 440, 3_000, 0.9 * Math.min(rate, 16_000) / 2}) {
            float[] resampled = new Resampler(rate, 16_000).resample(tone(hertz, rate, rate));
            float[] expected = tone(hertz, 16_000, 16_000);
            assertThat(resampled).hasSameSizeAs(expected);
            assertThat(largestDifference(resampled, expected))
                    .as("%.0f Hz", hertz)
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {22_050, 44_100, 44_099, 48_000, 96_000})
    void stopsWhatTheLowerRateCannotHold(int rate) {
        for (double hertz : new double[] {8_050, 9_000, rate / 2.0 - 100}) {
            float[] resampled = new Resampler(rate, 16_000).resample(tone(hertz, rate, rate));
            assertThat(largestDifference(resampled, new float[resampled.length]))
                    .as("%.0f Hz", hertz)
                    .isLessThan(2e-5);
        }
    }

    @Test
    void equalRatesChangeNothing() {
        float[] noise = noise(1000);
        assertThat(new Resampler(16_000, 16_000).resample(noise))
                .containsExactly(noise)
                .isNotSameAs(noise);
    }

    @Test
    void emptyAndSingleSamples() {
        assertThat(new Resampler(48_000, 16_000).resample(new float[0])).isEmpty();
        assertThat(new Resampler(8_000, 16_000).resample(new float[] {1})).hasSize(2);
    }

    /** SoX's best quality against ours on noise, over what both pass. Skipped where SoX is not installed. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 48_000})
    void agreesWithSox(int rate, @TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(soxIsInstalled(), "sox is not installed");
        // Noise below what either filter touches, so that only errors of the passband remain.
        float[] noise = new Resampler(rate / 2, rate).resample(noise(rate));
        write(folder.resolve("in.f32"), noise);
        run(
                "sox",
                "-t",
                "f32",
                "-r",
                "" + rate,
                "-c",
                "1",
                folder + "/in.f32",
                "-t",
                "f32",
                folder + "/out.f32",
                "rate",
                "-v",
                "16000");
        float[] sox = read(folder.resolve("out.f32"));
        float[] ours = new Resampler(rate, 16_000).resample(noise);
        assertThat(ours.length).isCloseTo(sox.length, within(1));
        double[] difference = new double[4096];
        double[] reference = new double[4096];
        for (int i = 0; i < 4096; i++) {
            difference[i] = ours[4_000 + i] - sox[4_000 + i];
            reference[i] = sox[4_000 + i];
        }
        // Bins up to 85 % of the lower Nyquist frequency, against the mean power of the signal there.
        double limit = 0.85 * Math.min(rate, 16_000) / 2;
        double error = power(difference, limit);
        double signal = power(reference, limit);
        assertThat(10 * Math.log10(error / signal)).as("error, dB").isLessThan(-80);
    }

    /** The largest difference away from the ends, where the sound begins and stops. */
    private static double largestDifference(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 2_000; i < 14_000; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        return largest;
    }

    /** The Hann-windowed power of every eighth bin of a signal's spectrum below a frequency. */
    private static double power(double[] signal, double hertz) {
        double sum = 0;
        for (int bin = 8; bin < hertz / 16_000 * signal.length; bin += 8) {
            double step = 2 * Math.PI * bin / signal.length;
            double re = 0;
            double im = 0;
            for (int i = 0; i < signal.length; i++) {
                double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / signal.length);
                re += signal[i] * hann * Math.cos(step * i);
                im += signal[i] * hann * Math.sin(step * i);
            }
            sum += re * re + im * im;
        }
        return sum;
    }

    private static float[] tone(double hertz, int rate, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return samples;
    }

    private static float[] noise(int length) {
        Random random = new Random(5);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (random.nextGaussian() * 0.1);
        }
        return samples;
    }

    private static boolean soxIsInstalled() throws InterruptedException {
        try {
            run("sox", "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static void write(Path file, float[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(samples);
        Files.write(file, bytes.array());
    }

    private static float[] read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        float[] samples = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
        return samples;
    }
}

package org.menagerie.audio;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.menagerie.spi.InvalidInputException;

/**
 * Reads sound files: WAV of any integer or floating-point samples, and raw samples. Channels are averaged. Damaged
 * files, sounds longer than a limit and samples that are not finite are {@link InvalidInputException}s. Thread-safe.
 */
public final class AudioReader {
    private static final int DEFAULT_MOST_SAMPLES = 200_000_000; // 3.5 hours at 16 kHz, 800 MB

    private final int mostSamples;

    /** A reader of sounds of up to 200 million frames. */
    public AudioReader() {
        this(DEFAULT_MOST_SAMPLES);
    }

    /** A reader of sounds of up to a number of frames. */
    public AudioReader(int mostSamples) {
        this.mostSamples = mostSamples;
    }

    /** The sound in a file: {@code .raw} and {@code .pcm} are 16-bit mono at 16 kHz, all others WAV. */
    public Audio read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("No such file: " + file, e);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The sound in a stream, which is not closed.
     *
     * @param name what errors call it, and what tells the kind as {@link #read(Path)} does
     */
    public Audio read(InputStream in, String name) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".raw") || lower.endsWith(".pcm")
                ? readRaw(in, SampleFormat.S16, 1, 16_000, name)
                : readWav(in, name);
    }

    /**
     * The sound in a WAV stream, which is not closed.
     *
     * @param name what errors call it
     */
    public Audio readWav(InputStream in, String name) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        Wav wav = Wav.read(data, name);
        return samples(data, wav, name);
    }

    /**
     * The sound in a stream of bare little-endian samples, which is read to its end and not closed.
     *
     * @param channels interleaved
     * @param rate frames a second
     * @param name what errors call it
     */
    public Audio readRaw(InputStream in, SampleFormat format, int channels, int rate, String name) throws IOException {
        return samples(new DataInputStream(in), new Wav(format, channels, rate, -1), name);
    }

    private Audio samples(DataInputStream in, Wav wav, String name) throws IOException {
        int frameBytes = wav.channels() * wav.format().bytes();
        long declared = wav.bytes() / frameBytes;
        if (declared > mostSamples) {
            throw tooLong(name);
        }
        float[] samples = new float[wav.bytes() < 0 ? 1 << 16 : (int) Math.min(declared, 1 << 22)];
        byte[] chunk = new byte[frameBytes * 4096];
        int count = 0;
        while (wav.bytes() < 0 || count < declared) {
            long left = wav.bytes() < 0 ? chunk.length : (declared - count) * frameBytes;
            int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
            int frames = read / frameBytes;
            if (count + frames > mostSamples) {
                throw tooLong(name);
            }
            if (count + frames > samples.length) {
                samples = Arrays.copyOf(samples, (int) Math.min(mostSamples, 2L * (count + frames)));
            }
            for (int frame = 0; frame < frames; frame++) {
                samples[count + frame] = mix(chunk, frame * frameBytes, wav, count + frame, name);
            }
            count += frames;
            if (read < Math.min(chunk.length, left)) {
                if (wav.bytes() >= 0) {
                    throw new InvalidInputException(
                            "%s is truncated: its header promises %,d frames, it has %,d; fetch it again"
                                    .formatted(name, declared, count));
                }
                break;
            }
        }
        return new Audio(Arrays.copyOf(samples, count), wav.rate());
    }

    private static float mix(byte[] data, int at, Wav wav, int frame, String name) {
        float sum = 0;
        for (int channel = 0; channel < wav.channels(); channel++) {
            sum += wav.format().read(data, at + channel * wav.format().bytes());
        }
        if (!Float.isFinite(sum)) {
            throw new InvalidInputException("Sample %,d of %s is not a finite number".formatted(frame, name));
        }
        return sum / wav.channels();
    }

    private InvalidInputException tooLong(String name) {
        return new InvalidInputException(
                "%s has more than %,d frames; cut it into shorter parts".formatted(name, mostSamples));
    }
}

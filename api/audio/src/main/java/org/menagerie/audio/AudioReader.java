package org.menagerie.audio;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.input.InputKind;

/**
 * Reads sound files: WAV of integer, floating-point or G.711 samples, streamed or whole, and raw samples. Channels are averaged. Damaged
 * files, sounds longer than a limit and samples that are not finite are {@link InvalidInputException}s. Thread-safe.
 */
public final class AudioReader {
    private static final int DEFAULT_MOST_SAMPLES = 200_000_000; // 3.5 hours at 16 kHz, 800 MB

    private final int mostSamples;

    /** A reader of sounds of up to 200 million frames, or as many as a quarter of Java's memory holds if that is less. */
    public AudioReader() {
        this(Math.min(DEFAULT_MOST_SAMPLES, fitting()));
    }

    /** A reader of sounds of up to a number of frames. */
    public AudioReader(int mostSamples) {
        this.mostSamples = mostSamples;
    }

    static InputKind<Audio> kind() {
        return new InputKind<>(
                Audio.class,
                "sound",
                "sounds",
                List.of("wav", "raw", "pcm"),
                (bytes, name, limit) -> new AudioReader().read(new ByteArrayInputStream(bytes), name));
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
        return samples(new DataInputStream(in), new Wav(format, channels, rate, Wav.TO_THE_END, false), name);
    }

    private Audio samples(DataInputStream in, Wav wav, String name) throws IOException {
        int frameBytes = wav.channels() * wav.format().bytes();
        boolean toTheEnd = wav.bytes() == Wav.TO_THE_END;
        long declared = wav.bytes() / frameBytes;
        if (!toTheEnd && wav.certain() && declared > mostSamples) {
            throw tooLong(name);
        }
        Samples samples = new Samples();
        byte[] chunk = new byte[frameBytes * 4096];
        while (toTheEnd || samples.count() < declared) {
            long left = toTheEnd ? chunk.length : (declared - samples.count()) * frameBytes;
            int wanted = (int) Math.min(chunk.length, left);
            int read = in.readNBytes(chunk, 0, wanted);
            int frames = read / frameBytes;
            if (samples.count() + frames > mostSamples) {
                throw tooLong(name);
            }
            for (int frame = 0; frame < frames; frame++) {
                samples.add(mix(chunk, frame * frameBytes, wav, samples.count(), name));
            }
            if (read < wanted) {
                if (!toTheEnd && wav.certain()) {
                    throw new InvalidInputException(
                            "%s is truncated: its header promises %,d frames, it has %,d; fetch it again"
                                    .formatted(name, declared, samples.count()));
                }
                break;
            }
        }
        return new Audio(samples.toArray(), wav.rate());
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
                "%s has more than %,d frames, which is the most that %s; cut it into shorter parts"
                        .formatted(
                                name,
                                mostSamples,
                                mostSamples == fitting() ? "Java's memory has room for" : "this reader takes"));
    }

    /** Frames whose samples Java's memory holds a few times, as reading, resampling and padding need. */
    private static int fitting() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16);
    }
}

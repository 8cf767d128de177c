package org.menagerie.audio;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.menagerie.spi.InvalidInputException;

/**
 * The header of a RIFF or RF64 WAVE file, read up to the samples (Microsoft, Multiple Channel Audio Data and WAVE Files;
 * EBU Tech 3306).
 *
 * <p>A program that writes to a pipe does not know the size of the samples beforehand and leaves something in its place: 0,
 * the largest number, or one near 2^31. Then the samples go on to the end of the file.
 *
 * @param format of a sample
 * @param channels interleaved
 * @param rate frames a second
 * @param bytes of sample data; {@link #TO_THE_END} where the writer did not know
 * @param certain whether a file that ends before {@code bytes} is damaged, rather than streamed
 */
record Wav(SampleFormat format, int channels, int rate, long bytes, boolean certain) {
    /** All that follows is samples. */
    static final long TO_THE_END = -1;

    private static final int EXTENSIBLE = 0xFFFE;
    private static final long UNKNOWN = 0xFFFFFFFFL;
    /** Sizes from here on are what programs write that do not know; no file of such a size can be read anyway. */
    private static final long PLACEHOLDERS = 0x7F000000L;

    private static final int MOST_CHANNELS = 64;
    private static final Set<String> AFTER_SAMPLES = Set.of(
            "LIST", "fact", "cue ", "id3 ", "ID3 ", "bext", "JUNK", "junk", "smpl", "inst", "PEAK", "PAD ", "iXML");

    /** Reads the header; the stream, which must support marks, stands at the first sample afterwards. */
    static Wav read(DataInputStream in, String name) throws IOException {
        byte[] riff = chunk(in, 12, name);
        String kind = ascii(riff, 0);
        boolean wide = kind.equals("RF64") || kind.equals("BW64");
        if (!(wide || kind.equals("RIFF")) || !ascii(riff, 8).equals("WAVE")) {
            throw new InvalidInputException(
                    "%s is not a RIFF WAVE file; expected .wav, or raw 16-bit samples in a .raw or .pcm file"
                            .formatted(name));
        }
        long whole = SampleFormat.little(riff, 4, 4);
        long wideBytes = TO_THE_END;
        byte[] format = new byte[0];
        while (true) {
            byte[] header = chunk(in, 8, name);
            long size = SampleFormat.little(header, 4, 4);
            switch (ascii(header, 0)) {
                case "fmt " -> {
                    if (size < 16 || size > 1024) {
                        throw damaged(name, "its format chunk has %,d bytes, expected 16 to 40".formatted(size));
                    }
                    format = chunk(in, (int) size, name);
                    pad(in, size);
                }
                case "ds64" -> {
                    if (size < 24 || size > 1 << 20) {
                        throw damaged(name, "its ds64 chunk has %,d bytes, expected 28".formatted(size));
                    }
                    byte[] sizes = chunk(in, (int) size, name);
                    wideBytes = SampleFormat.little(sizes, 8, 8);
                    pad(in, size);
                }
                case "data" -> {
                    if (format.length == 0) {
                        throw damaged(name, "it has no format chunk before its samples");
                    }
                    boolean fromWide = wide && size == UNKNOWN;
                    long bytes = fromWide ? wideBytes : size >= PLACEHOLDERS ? TO_THE_END : size;
                    if (bytes == 0 && !emptyOnPurpose(in)) {
                        bytes = TO_THE_END;
                    }
                    return of(format, Math.max(bytes, TO_THE_END), fromWide || whole >= size, name);
                }
                default -> {
                    skip(in, size, name);
                    pad(in, size);
                }
            }
        }
    }

    /** True if a chunk of no samples is followed by nothing, or by another chunk, rather than by samples. */
    private static boolean emptyOnPurpose(DataInputStream in) throws IOException {
        in.mark(4);
        byte[] next = in.readNBytes(4);
        in.reset();
        return next.length < 4 || AFTER_SAMPLES.contains(ascii(next, 0));
    }

    /** Skips the byte of zero behind a chunk of odd size, which some programs leave out. */
    private static void pad(DataInputStream in, long size) throws IOException {
        if (size % 2 == 1) {
            in.mark(1);
            if (in.read() > 0) {
                in.reset();
            }
        }
    }

    private static Wav of(byte[] chunk, long bytes, boolean certain, String name) {
        int code = (int) SampleFormat.little(chunk, 0, 2);
        int channels = (int) SampleFormat.little(chunk, 2, 2);
        long rate = SampleFormat.little(chunk, 4, 4);
        int block = (int) SampleFormat.little(chunk, 12, 2);
        int bits = (int) SampleFormat.little(chunk, 14, 2);
        if (code == EXTENSIBLE && chunk.length >= 26) {
            code = (int) SampleFormat.little(chunk, 24, 2); // the sub-format's GUID begins with the plain code
        }
        SampleFormat format = SampleFormat.ofWave(code, bits, name);
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw damaged(name, "it has %d channels, expected 1 to %d".formatted(channels, MOST_CHANNELS));
        }
        if (rate < Audio.LOWEST_RATE || rate > Audio.HIGHEST_RATE) {
            throw damaged(
                    name,
                    "its rate is %,d Hz, expected %,d to %,d".formatted(rate, Audio.LOWEST_RATE, Audio.HIGHEST_RATE));
        }
        if (block != channels * format.bytes()) {
            throw damaged(name, "its frames have %d bytes, expected %d".formatted(block, channels * format.bytes()));
        }
        return new Wav(format, channels, (int) rate, bytes, certain);
    }

    private static byte[] chunk(DataInputStream in, int bytes, String name) throws IOException {
        byte[] chunk = new byte[bytes];
        try {
            in.readFully(chunk);
        } catch (EOFException e) {
            throw new InvalidInputException("%s ends inside its header".formatted(name), e);
        }
        return chunk;
    }

    private static void skip(DataInputStream in, long bytes, String name) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new InvalidInputException("%s ends inside its header".formatted(name), e);
        }
    }

    private static String ascii(byte[] data, int at) {
        return new String(data, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static InvalidInputException damaged(String name, String finding) {
        return new InvalidInputException("%s is damaged: %s".formatted(name, finding));
    }
}

package org.menagerie.audio;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.menagerie.spi.InvalidInputException;

/**
 * The header of a RIFF WAVE file, read up to the samples (Microsoft, Multiple Channel Audio Data and WAVE Files).
 *
 * @param format of a sample
 * @param channels interleaved
 * @param rate frames a second
 * @param bytes of sample data; -1 where the writer did not know, and the samples go on to the end of the file
 */
record Wav(SampleFormat format, int channels, int rate, long bytes) {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final long UNKNOWN = 0xFFFFFFFFL;
    private static final int MOST_CHANNELS = 64;

    /** Reads the header; the stream stands at the first sample afterwards. */
    static Wav read(DataInputStream in, String name) throws IOException {
        byte[] riff = chunk(in, 12, name);
        if (!ascii(riff, 0).equals("RIFF") || !ascii(riff, 8).equals("WAVE")) {
            throw new InvalidInputException(
                    "%s is not a RIFF WAVE file; expected .wav, or raw 16-bit samples in a .raw or .pcm file"
                            .formatted(name));
        }
        byte[] format = new byte[0];
        while (true) {
            byte[] header = chunk(in, 8, name);
            long size = SampleFormat.little(header, 4, 4);
            switch (ascii(header, 0)) {
                case "fmt " -> {
                    if (size < 16 || size > 1024) {
                        throw damaged(name, "its format chunk has %,d bytes, expected 16 to 40".formatted(size));
                    }
                    format = chunk(in, (int) (size + size % 2), name);
                }
                case "data" -> {
                    if (format.length == 0) {
                        throw damaged(name, "it has no format chunk before its samples");
                    }
                    return of(format, size == UNKNOWN ? -1 : size, name);
                }
                default -> skip(in, size + size % 2, name);
            }
        }
    }

    private static Wav of(byte[] chunk, long bytes, String name) {
        int code = (int) SampleFormat.little(chunk, 0, 2);
        int channels = (int) SampleFormat.little(chunk, 2, 2);
        long rate = SampleFormat.little(chunk, 4, 4);
        int block = (int) SampleFormat.little(chunk, 12, 2);
        int bits = (int) SampleFormat.little(chunk, 14, 2);
        if (code == EXTENSIBLE && chunk.length >= 26) {
            code = (int) SampleFormat.little(chunk, 24, 2); // the sub-format's GUID begins with the plain code
        }
        SampleFormat format = format(code, bits, name);
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
        return new Wav(format, channels, (int) rate, bytes);
    }

    private static SampleFormat format(int code, int bits, String name) {
        return switch (code + "/" + bits) {
            case PCM + "/8" -> SampleFormat.U8;
            case PCM + "/16" -> SampleFormat.S16;
            case PCM + "/24" -> SampleFormat.S24;
            case PCM + "/32" -> SampleFormat.S32;
            case FLOAT + "/32" -> SampleFormat.F32;
            case FLOAT + "/64" -> SampleFormat.F64;
            default ->
                throw new InvalidInputException(
                        "%s holds WAVE format %d of %d bits; expected PCM (1) of 8, 16, 24 or 32 bits or float (3) of 32 or 64"
                                .formatted(name, code, bits));
        };
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

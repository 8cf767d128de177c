package org.menagerie.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.InvalidInputException;

/** WAVE files as programs other than ours write them. Values are those of sox and ffmpeg, which agree. */
class WavFormsTest {
    private static final byte[] SAMPLES = {1, 0, 2, 0, 3, 0, 4, 0};

    @ParameterizedTest
    @CsvSource({
        "wav-espeak-stdout-size-7ffff000.wav, 22050, 37160, 316176812257, 505054067",
        "wav-g711-ulaw.wav, 16000, 47840, 100042179952, 5672134588"
    })
    void filesOfOtherProgramsAreRead(String file, int rate, int frames, long squares, long weighted)
            throws IOException {
        Audio audio;
        try (InputStream in = Objects.requireNonNull(WavFormsTest.class.getResourceAsStream(file))) {
            audio = new AudioReader().read(in, file);
        }
        assertThat(audio.rate()).isEqualTo(rate);
        assertThat(audio.samples()).hasSize(frames);
        long sum = 0;
        long position = 0;
        for (int i = 0; i < frames; i++) {
            long sample = Math.round(audio.samples()[i] * 32768.0);
            sum += sample * sample;
            position += sample * (i % 1000);
        }
        assertThat(sum).isEqualTo(squares);
        assertThat(position).isEqualTo(weighted);
    }

    @ParameterizedTest
    @CsvSource({"ULAW, 7, 0x0c847a9f", "ALAW, 6, 0x9d764657"})
    void everyCodeOfG711IsWhatFfmpegMakesOfIt(SampleFormat format, int code, String crc) throws IOException {
        byte[] codes = new byte[256];
        ByteBuffer decoded = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 256; i++) {
            codes[i] = (byte) i;
        }
        float[] samples = read(riff("RIFF", 0, format(code, 1, 8), chunk("data", 256, codes)))
                .samples();
        for (float sample : samples) {
            decoded.putShort((short) Math.round(sample * 32768));
        }
        CRC32 sum = new CRC32();
        sum.update(decoded.array());
        assertThat(sum.getValue()).isEqualTo(Long.decode(crc));
        assertThat(new AudioReader()
                        .readRaw(new ByteArrayInputStream(codes), format, 1, 8000, "raw")
                        .samples())
                .containsExactly(samples);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 0x7FFFF000L, 0x7FFFFFFFL, 0x7FFFFFFFL - 36, 0x80000000L, 0xFFFFFFFFL, 0xFFFFFF00L, 0x7F000000L})
    void aPlaceholderForTheSizeMeansToTheEnd(long size) throws IOException {
        for (long whole : new long[] {0, 36, 0xFFFFFFFFL, (size + 36) & 0xFFFFFFFFL}) {
            assertFourFrames(riff("RIFF", whole, format(1, 1, 16), chunk("data", size, SAMPLES)));
            assertFourFrames(
                    riff("RIFF", whole, format(1, 1, 16), chunk("LIST", 3, new byte[4]), chunk("data", size, SAMPLES)));
        }
    }

    @Test
    void anySizeIsAPlaceholderWhereTheWholeFileHasOne() throws IOException {
        assertFourFrames(riff("RIFF", 0, format(1, 1, 16), chunk("data", 0x10000000L, SAMPLES)));
        assertFourFrames(riff("RIFF", 36, format(1, 1, 16), chunk("data", 1_000_000_000L, SAMPLES)));
        assertThatThrownBy(() -> read(riff("RIFF", 1_000_036, format(1, 1, 16), chunk("data", 1_000_000, SAMPLES))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("x.wav is truncated: its header promises 500,000 frames, it has 4");
    }

    @Test
    void noSamplesAreNoSamplesAlsoBeforeAnotherChunk() throws IOException {
        byte[] empty = chunk("data", 0, new byte[0]);
        assertThat(read(riff("RIFF", 36, format(1, 1, 16), empty)).samples()).isEmpty();
        assertThat(read(riff("RIFF", 48, format(1, 1, 16), empty, chunk("LIST", 4, new byte[4])))
                        .samples())
                .isEmpty();
    }

    @Test
    void chunksOfOddSizeWithAndWithoutPadding() throws IOException {
        assertFourFrames(riff("RIFF", 60, chunk("junk", 5, new byte[6]), format(1, 1, 16), chunk("data", 8, SAMPLES)));
        assertFourFrames(riff("RIFF", 60, chunk("junk", 5, new byte[5]), format(1, 1, 16), chunk("data", 8, SAMPLES)));
        assertFourFrames(riff(
                "RIFF",
                60,
                format(1, 1, 16),
                chunk("fact", 4, new byte[4]),
                chunk("data", 8, SAMPLES),
                chunk("LIST", 4, new byte[4])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void sizesOf64Bits(String kind) throws IOException {
        for (long bytes : new long[] {8, 0, -1}) {
            byte[] sizes = ByteBuffer.allocate(28)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(80)
                    .putLong(bytes)
                    .putLong(4)
                    .array();
            assertFourFrames(riff(
                    kind,
                    0xFFFFFFFFL,
                    chunk("ds64", 28, sizes),
                    format(1, 1, 16),
                    chunk("data", 0xFFFFFFFFL, SAMPLES)));
        }
        byte[] lies = ByteBuffer.allocate(28)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(Long.MAX_VALUE)
                .array();
        assertThatThrownBy(() -> read(riff(
                        kind,
                        0xFFFFFFFFL,
                        chunk("ds64", 28, lies),
                        format(1, 1, 16),
                        chunk("data", 0xFFFFFFFFL, SAMPLES))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("frames, which is the most that");
    }

    @Test
    void integersOfOddBitsFillTheUpperOnes() throws IOException {
        byte[] twelve = {0x00, 0x40, 0x00, (byte) 0xC0}; // 0.5 and -0.5 of 12 bits in two bytes
        assertThat(read(riff("RIFF", 0, formatOf(1, 1, 2, 12), chunk("data", 4, twelve)))
                        .samples())
                .containsExactly(0.5f, -0.5f);
        byte[] twenty = {0, 0, 0x40, 0, 0, (byte) 0xC0};
        assertThat(read(riff("RIFF", 0, formatOf(1, 1, 3, 20), chunk("data", 6, twenty)))
                        .samples())
                .containsExactly(0.5f, -0.5f);
    }

    @Test
    void otherCodecsAreNamedWithTheRemedy() {
        assertThatThrownBy(() -> read(riff("RIFF", 0, format(17, 1, 8), chunk("data", 8, SAMPLES))))
                .hasMessageContaining("x.wav holds WAVE format 17 of 8 bits", "G.711 (6, 7) of 8", "sox");
    }

    @Test
    void anEndlessFileIsRefusedWithoutItsMemory() {
        byte[] head = riff("RIFF", 0, format(1, 1, 16), chunk("data", 0xFFFFFFFFL, SAMPLES));
        InputStream endless = new java.io.SequenceInputStream(new ByteArrayInputStream(head), new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                return count;
            }
        });
        assertThatThrownBy(() -> new AudioReader(3_000_000).readWav(endless, "x.wav"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "x.wav has more than 3,000,000 frames, which is the most that this reader takes; cut it into"
                                + " shorter parts");
    }

    private static void assertFourFrames(byte[] file) throws IOException {
        assertThat(read(file).samples())
                .startsWith(1 / 32768f, 2 / 32768f, 3 / 32768f, 4 / 32768f)
                .hasSize(4);
    }

    private static Audio read(byte[] file) throws IOException {
        return new AudioReader().readWav(new ByteArrayInputStream(file), "x.wav");
    }

    private static byte[] riff(String kind, long size, byte[]... chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(chunk(kind, size, "WAVE".getBytes(StandardCharsets.US_ASCII)));
        for (byte[] chunk : chunks) {
            file.writeBytes(chunk);
        }
        return file.toByteArray();
    }

    private static byte[] chunk(String id, long size, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt((int) size)
                .put(content)
                .array();
    }

    private static byte[] format(int code, int channels, int bits) {
        return formatOf(code, channels, channels * bits / 8, bits);
    }

    private static byte[] formatOf(int code, int channels, int block, int bits) {
        return chunk(
                "fmt ",
                16,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) code)
                        .putShort((short) channels)
                        .putInt(8000)
                        .putInt(8000 * block)
                        .putShort((short) block)
                        .putShort((short) bits)
                        .array());
    }
}

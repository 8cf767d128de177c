package org.menagerie.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.InvalidInputException;

class AudioReaderTest {
    private static final double[] WAVE = {0, 0.5, -0.5, 0.25, -1, 0.75};

    private final AudioReader reader = new AudioReader();

    @ParameterizedTest
    @CsvSource({"1,8", "1,16", "1,24", "1,32", "3,32", "3,64"})
    void everyFormatGivesTheSamples(int code, int bits) throws Exception {
        for (boolean extensible : new boolean[] {false, true}) {
            for (int channels : new int[] {1, 2, 6}) {
                Audio audio = read(wav(code, bits, channels, 22_050, extensible, WAVE));
                assertThat(audio.rate()).isEqualTo(22_050);
                assertThat(audio.samples()).hasSize(WAVE.length);
                for (int i = 0; i < WAVE.length; i++) {
                    assertThat((double) audio.samples()[i])
                            .as("sample %d of %d channels", i, channels)
                            .isCloseTo(WAVE[i], within(1e-6));
                }
            }
        }
    }

    @Test
    void channelsAreAveraged() throws Exception {
        byte[] raw = {0, 64, 0, 0, 0, -64, 0, -64}; // (0.5, 0) and (-0.5, -0.5)
        Audio audio = reader.readRaw(new ByteArrayInputStream(raw), SampleFormat.S16, 2, 8_000, "raw");
        assertThat(audio.samples()).containsExactly(0.25f, -0.5f);
    }

    @Test
    void otherChunksAreSkippedAndUnknownLengthsGoToTheEnd() throws Exception {
        byte[] wav = wav(1, 16, 1, 16_000, false, WAVE);
        ByteBuffer file = ByteBuffer.allocate(wav.length + 8 + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.put(wav, 0, 12).put(ascii("LIST")).putInt(3).put(new byte[4]).put(wav, 12, wav.length - 12);
        file.putInt(12 + 12 + 24 + 4, -1); // the data chunk's size
        assertThat(read(file.array()).samples()).hasSize(WAVE.length);
    }

    @Test
    void damageIsNamed() {
        byte[] wav = wav(1, 16, 2, 16_000, false, WAVE);
        assertMessage(Arrays.copyOf(wav, wav.length - 5), "promises 6 frames, it has 4");
        assertMessage(Arrays.copyOf(wav, 30), "ends inside its header");
        assertMessage(Arrays.copyOf(wav, 40), "ends inside its header");
        assertMessage("hello, this is text".getBytes(StandardCharsets.UTF_8), "not a RIFF WAVE file");
        assertMessage(new byte[0], "ends inside its header");
        assertMessage(with(wav, 20, 7), "WAVE format 7 of 16 bits; expected PCM (1)");
        assertMessage(with(wav, 22, 0), "0 channels, expected 1 to 64");
        assertMessage(with(wav, 24, 10), "its rate is 10 Hz");
        assertMessage(with(wav, 32, 3), "frames have 3 bytes, expected 4");
        assertMessage(wav(3, 32, 1, 16_000, false, 0.5, Double.NaN), "Sample 1 of x.wav is not a finite number");
        assertThatThrownBy(() -> reader.read(Path.of("no-such.wav"))).hasMessage("No such file: no-such.wav");
    }

    @Test
    void aSizeThatLiesAllocatesNothing() throws IOException {
        byte[] wav = wav(1, 16, 1, 16_000, false, WAVE);
        ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0x7FFFFFF0);
        assertThat(read(wav).samples()).hasSize(WAVE.length);
        ByteBuffer.wrap(wav)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 100_000_036)
                .putInt(40, 100_000_000);
        assertMessage(wav, "promises 50,000,000 frames, it has 6");
    }

    @Test
    void flippedBitsGiveASoundOrAnInvalidInput() throws Exception {
        Random random = new Random(3);
        byte[] wav = wav(1, 16, 2, 16_000, true, WAVE);
        for (int i = 0; i < 500; i++) {
            byte[] file = wav.clone();
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(read(file).samples()).isNotNull();
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageContaining("x.wav");
            }
        }
    }

    @Test
    void framesRepeatTheEndOfTheOneBefore() {
        Frames frames = new Frames(new float[] {1, 2, 3, 4, 5}, 2, 1);
        assertThat(frames.count()).isEqualTo(3);
        float[][] expected = {{0, 1, 2}, {2, 3, 4}, {4, 5, 0}};
        for (int i = 0; i < 3; i++) {
            java.nio.FloatBuffer frame = java.nio.FloatBuffer.wrap(new float[] {9, 9, 9});
            frames.copy(i, frame);
            assertThat(frame.array()).containsExactly(expected[i]);
        }
        assertThat(new Frames(new float[0], 2, 1).count()).isZero();
    }

    private Audio read(byte[] file) throws IOException {
        return reader.readWav(new ByteArrayInputStream(file), "x.wav");
    }

    private void assertMessage(byte[] file, String message) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("x.wav")
                .hasMessageContaining(message);
    }

    private static byte[] with(byte[] wav, int at, int value) {
        byte[] changed = wav.clone();
        changed[at] = (byte) value;
        changed[at + 1] = 0;
        return changed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] wav(int code, int bits, int channels, int rate, boolean extensible, double... samples) {
        int header = extensible ? 40 : 16;
        int data = samples.length * channels * bits / 8;
        ByteBuffer file = ByteBuffer.allocate(12 + 8 + header + 8 + data).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(header);
        file.putShort((short) (extensible ? 0xFFFE : code))
                .putShort((short) channels)
                .putInt(rate);
        file.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        if (extensible) {
            file.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) code);
            file.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
        }
        file.put(ascii("data")).putInt(data);
        for (double sample : samples) {
            for (int channel = 0; channel < channels; channel++) {
                put(file, code, bits, sample);
            }
        }
        return file.array();
    }

    private static void put(ByteBuffer file, int code, int bits, double sample) {
        if (code == 3) {
            if (bits == 32) {
                file.putFloat((float) sample);
            } else {
                file.putDouble(sample);
            }
        } else if (bits == 8) {
            file.put((byte) (sample * 128 + 128));
        } else {
            long value = (long) (sample * (1L << (bits - 1)));
            for (int shift = 0; shift < bits; shift += 8) {
                file.put((byte) (value >> shift));
            }
        }
    }
}

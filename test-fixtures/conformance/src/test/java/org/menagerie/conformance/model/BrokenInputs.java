package org.menagerie.conformance.model;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.menagerie.audio.Audio;
import org.menagerie.audio.AudioReader;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.vision.ImageReader;

/** Inputs that nobody should have sent: damaged files, extreme sizes, numbers that are none. Each follows from its number. */
final class BrokenInputs {
    private static final int LONG_TEXT = 100_000;

    private final List<byte[]> pngs;
    private final List<byte[]> jpegs;
    private final List<byte[]> wavs;

    BrokenInputs() throws IOException {
        byte[] chelsea = Fixtures.bytes("images/chelsea.png");
        byte[] astronaut = scaled(Fixtures.bytes("images/astronaut.png"), 120, 90, "png");
        pngs = List.of(Fixtures.bytes("images/ankle-boot.png"), astronaut, chelsea);
        jpegs = List.of(scaled(chelsea, 97, 63, "jpg"), scaled(Fixtures.bytes("images/bw_text.png"), 400, 100, "jpg"));
        byte[] speech = Fixtures.bytes("audio/librivox-0880.wav");
        wavs = List.of(Arrays.copyOf(speech, 20_000), speech);
    }

    /**
     * An input before it is read.
     *
     * @param name what was done to it
     * @param type what models take it
     * @param read reads it, or refuses
     */
    record Input(String name, Class<?> type, Callable<Object> read) {}

    Input input(int number) {
        Random random = new Random(number);
        String name = "input " + number + ": ";
        return switch (number % 8) {
            case 0 -> picture(name + "truncated PNG", truncated(pick(pngs, random), random));
            case 1 -> picture(name + "flipped PNG", flipped(pick(pngs, random), random));
            case 2 -> picture(name + "truncated JPEG", truncated(pick(jpegs, random), random));
            case 3 -> picture(name + "flipped JPEG", flipped(pick(jpegs, random), random));
            case 4 -> sound(name + "truncated WAV", truncated(pick(wavs, random), random));
            case 5 -> sound(name + "flipped WAV", flipped(pick(wavs, random), random));
            case 6 ->
                number % 16 == 6
                        ? text(name, random)
                        : new Input(name + "sound of odd samples", Audio.class, () -> samples(random));
            default -> new Input(name + "extreme picture", Image.class, () -> extreme(random));
        };
    }

    private static byte[] pick(List<byte[]> files, Random random) {
        return files.get(random.nextInt(files.size()));
    }

    private static Input picture(String name, byte[] bytes) {
        return new Input(name, Image.class, () -> new ImageReader().read(bytes, "broken.picture"));
    }

    private static Input sound(String name, byte[] bytes) {
        return new Input(
                name, Audio.class, () -> new AudioReader().read(new ByteArrayInputStream(bytes), "broken.wav"));
    }

    private static byte[] truncated(byte[] file, Random random) {
        return Arrays.copyOf(file, random.nextInt(random.nextBoolean() ? 100 : file.length));
    }

    /** One to sixteen bits, half the time all in the header. */
    private static byte[] flipped(byte[] file, Random random) {
        byte[] copy = file.clone();
        int reach = random.nextBoolean() ? 64 : file.length;
        for (int flips = 1 + random.nextInt(16); flips > 0; flips--) {
            copy[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static Input text(String name, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Input(name + "empty text", String.class, () -> "");
            case 1 -> new Input(name + "blank text", String.class, () -> " \t\n\u00A0\u200B".repeat(50));
            case 2 -> new Input(name + "one long word", String.class, () -> "x".repeat(LONG_TEXT));
            case 3 -> new Input(name + "many words", String.class, () -> "word ".repeat(LONG_TEXT / 5));
            default ->
                new Input(name + "random characters", String.class, () -> {
                    char[] characters = new char[random.nextBoolean() ? LONG_TEXT : random.nextInt(200)];
                    for (int i = 0; i < characters.length; i++) {
                        characters[i] = (char) random.nextInt(Character.MAX_VALUE + 1);
                    }
                    return new String(characters);
                });
        };
    }

    private static Audio samples(Random random) {
        int[] lengths = {0, 1, 511, 512, 513, 20_000};
        float[] samples = new float[lengths[random.nextInt(lengths.length)]];
        float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0};
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(50) == 0 ? odd[random.nextInt(odd.length)] : random.nextFloat() * 2 - 1;
        }
        if (random.nextBoolean()) {
            Arrays.fill(samples, odd[random.nextInt(odd.length)]);
        }
        int[] rates = {1_000, 8_000, 11_025, 16_000, 44_100, 768_000};
        return new Audio(samples, rates[random.nextInt(rates.length)]);
    }

    private static Image extreme(Random random) {
        BufferedImage pixels = switch (random.nextInt(6)) {
            case 0 -> new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
            case 1 -> new BufferedImage(20_000, 10, BufferedImage.TYPE_BYTE_GRAY);
            case 2 -> new BufferedImage(10, 20_000, BufferedImage.TYPE_3BYTE_BGR);
            case 3 -> new BufferedImage(1, 5_000, BufferedImage.TYPE_BYTE_BINARY);
            case 4 -> new BufferedImage(3_000, 1, BufferedImage.TYPE_USHORT_565_RGB);
            default -> notANumber(40, 30);
        };
        if (random.nextBoolean() && pixels.getType() != BufferedImage.TYPE_CUSTOM) {
            for (int x = 0; x < pixels.getWidth(); x++) {
                pixels.setRGB(x, random.nextInt(pixels.getHeight()), random.nextInt());
            }
        }
        return new BufferedImageFactory().fromImage(pixels);
    }

    private static BufferedImage notANumber(int width, int height) {
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, ColorModel.OPAQUE, DataBuffer.TYPE_FLOAT);
        WritableRaster raster = colors.createCompatibleWritableRaster(width, height);
        float[] row = new float[3 * width * height];
        Arrays.fill(row, Float.NaN);
        raster.setPixels(0, 0, width, height, row);
        return new BufferedImage(colors, raster, false, null);
    }

    private static byte[] scaled(byte[] picture, int width, int height, String format) throws IOException {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.drawImage(ImageIO.read(new ByteArrayInputStream(picture)), 0, 0, width, height, null);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(scaled, format, out);
        return out.toByteArray();
    }
}

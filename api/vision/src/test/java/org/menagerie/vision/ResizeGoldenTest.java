package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.Prepared;

/** Compares resized samples with the pictures that {@code src/test/python/golden.py} made. */
class ResizeGoldenTest {
    @ParameterizedTest
    @ValueSource(strings = {"23x31", "97x80", "61x20", "7x47"})
    void antialiasedResizeEqualsPil(String size) throws Exception {
        for (Filter filter : List.of(Filter.NEAREST, Filter.BILINEAR, Filter.BICUBIC)) {
            Image golden = read(filter.name().toLowerCase(Locale.ROOT) + "-" + size);
            assertThat(largestDifference(golden, filter, true, Channels.RGB))
                    .as("%s to %s", filter, size)
                    .isZero();
        }
        assertThat(largestDifference(read("gray-bilinear-" + size), Filter.BILINEAR, true, Channels.GRAY))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23x31", "97x80", "61x20", "7x47"})
    void plainBilinearIsTheFormulaUpToRounding(String size) throws Exception {
        assertThat(largestDifference(read("plain-bilinear-" + size), Filter.BILINEAR, false, Channels.RGB))
                .isLessThanOrEqualTo(1);
    }

    /** Sharp pictures too, whose overshoots must not be clipped between the passes. */
    @ParameterizedTest
    @ValueSource(strings = {"23x31", "97x80", "61x20", "7x47"})
    void plainBicubicEqualsOpenCv(String size) throws Exception {
        assertThat(largestDifference(read("plain-bicubic-" + size), Filter.BICUBIC, false, Channels.RGB))
                .isZero();
        assertThat(largestDifference(
                        read("checks"), read("sharp-bicubic-" + size), Filter.BICUBIC, false, Channels.RGB))
                .isZero();
    }

    @Test
    void areaIsCoverageUpToRounding() throws Exception {
        assertThat(largestDifference(read("area-23x20"), Filter.AREA, true, Channels.RGB))
                .isLessThanOrEqualTo(1);
    }

    private static int largestDifference(Image golden, Filter filter, boolean antialias, Channels channels)
            throws Exception {
        return largestDifference(read("source"), golden, filter, antialias, channels);
    }

    private static int largestDifference(
            Image source, Image golden, Filter filter, boolean antialias, Channels channels) {
        ImageSettings settings = new ImageSettings(
                "x",
                golden.getWidth(),
                golden.getHeight(),
                channels,
                Resize.STRETCH,
                filter,
                antialias,
                1.0,
                null,
                null,
                Layout.NHWC,
                null,
                null,
                null,
                null,
                null);
        Prepared prepared = new ImagePreprocessor(settings).prepare(List.of(source));
        float[] samples = Objects.requireNonNull(prepared.tensors().get("x")).toFloatArray();
        BufferedImage expected = (BufferedImage) golden.getWrappedImage();
        int largest = 0;
        for (int y = 0, at = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                for (int c = 0; c < channels.count(); c++) {
                    int sample = expected.getRaster().getSample(x, y, c);
                    largest = Math.max(largest, Math.abs(sample - (int) samples[at++]));
                }
            }
        }
        return largest;
    }

    private static Image read(String name) throws Exception {
        try (@Nullable InputStream in = ResizeGoldenTest.class.getResourceAsStream("golden/" + name + ".png")) {
            assertThat(in).as(name).isNotNull();
            return new ImageReader().read(Objects.requireNonNull(in), name);
        }
    }
}

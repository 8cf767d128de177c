package org.menagerie.vision;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a card wants pictures prepared. A sample x of 0 to 255 becomes {@code (x * scale - mean) / std}.
 *
 * <p>Only {@code input} is required. {@code width} and {@code height} are, unless {@code resize} is {@code none} or
 * {@code multiple}.
 *
 * @param input the network's input
 * @param width of the network's input, pixels
 * @param height of the network's input, pixels
 * @param channels {@code RGB} (default), {@code BGR} or {@code gray}
 * @param resize {@code stretch} (default where a size is given), {@code none} (default where not), {@code letterbox},
 *     {@code letterbox-top-left}, {@code center-crop}, {@code multiple}, {@code line}
 * @param filter {@code bilinear} (default), {@code nearest}, {@code bicubic}, {@code area}
 * @param antialias true (default) as PIL, false as OpenCV, {@code bicubic} to the byte; {@code nearest} and {@code area} know no difference
 * @param scale 1/255 by default
 * @param mean one value, or one a channel in channel order; 0 by default
 * @param std one value, or one a channel in channel order; 1 by default
 * @param layout {@code NCHW} (default) or {@code NHWC}
 * @param pad the sample of a letterbox's bars, 0 to 255; 0 by default
 * @param shorterSide for {@code center-crop}: the shorter side before the cut, pixels; by default the network's
 * @param longestSide for {@code multiple}: the longest side that is not shrunk, pixels; for {@code line}: the widest
 *     input; no limit by default
 * @param multiple for {@code multiple}: what sides are multiples of, pixels; 32 by default
 * @param background the colour under transparent pixels, {@code #rrggbb}; white by default
 */
public record ImageSettings(
        String input,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Channels channels,
        @Nullable Resize resize,
        @Nullable Filter filter,
        @Nullable Boolean antialias,
        @Nullable Double scale,
        @Nullable List<Double> mean,
        @Nullable List<Double> std,
        @Nullable Layout layout,
        @Nullable Double pad,
        @Nullable Integer shorterSide,
        @Nullable Integer longestSide,
        @Nullable Integer multiple,
        @Nullable String background) {
    static final int MOST_PIXELS_A_SIDE = 16_384;

    public ImageSettings {
        Objects.requireNonNull(input, "input");
        checkSide("width", width);
        checkSide("height", height);
        checkSide("shorterSide", shorterSide);
        checkSide("longestSide", longestSide);
        checkSide("multiple", multiple);
        if ((width == null) != (height == null)) {
            throw new IllegalArgumentException("width and height must be given together");
        }
        if (width == null && resize != null && resize != Resize.NONE && resize != Resize.MULTIPLE) {
            throw new IllegalArgumentException("resize: %s needs width and height"
                    .formatted(resize.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        int count = channels == null ? 3 : channels.count();
        mean = mean == null ? null : checkChannels("mean", mean, count);
        std = std == null ? null : checkChannels("std", std, count);
        if (std != null && std.contains(0.0)) {
            throw new IllegalArgumentException("std must not be 0");
        }
        if (pad != null && !(pad >= 0 && pad <= 255)) {
            throw new IllegalArgumentException("pad must be 0 to 255, not " + pad);
        }
        if (background != null && !background.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("background must be #rrggbb, not '%s'".formatted(background));
        }
    }

    /** The settings of a network that takes RGB in NCHW at one size, stretched, x/255. */
    public static ImageSettings of(String input, int width, int height) {
        return new ImageSettings(
                input, width, height, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same for a network of another size, which pictures are stretched to. */
    public ImageSettings stretchedTo(int otherWidth, int otherHeight) {
        return new ImageSettings(
                input,
                otherWidth,
                otherHeight,
                channels,
                Resize.STRETCH,
                filter,
                antialias,
                scale,
                mean,
                std,
                layout,
                pad,
                null,
                null,
                null,
                background);
    }

    /** The same pixels as samples of 0 to 255, in NCHW: gray, or red, green and blue. */
    public ImageSettings asSamples() {
        return new ImageSettings(
                input,
                width,
                height,
                channels == Channels.GRAY ? Channels.GRAY : Channels.RGB,
                resize,
                filter,
                antialias,
                1.0,
                null,
                null,
                Layout.NCHW,
                pad,
                shorterSide,
                longestSide,
                multiple,
                background);
    }

    private static void checkSide(String name, @Nullable Integer pixels) {
        if (pixels != null && !(pixels >= 1 && pixels <= MOST_PIXELS_A_SIDE)) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %,d pixels, not %,d".formatted(name, MOST_PIXELS_A_SIDE, pixels));
        }
    }

    private static List<Double> checkChannels(String name, List<Double> values, int channels) {
        if (values.size() != 1 && values.size() != channels) {
            throw new IllegalArgumentException(
                    "%s needs 1 value or %d, one a channel, not %d".formatted(name, channels, values.size()));
        }
        return List.copyOf(values);
    }

    Channels channelsOrDefault() {
        return channels == null ? Channels.RGB : channels;
    }

    Resize resizeOrDefault() {
        return resize != null ? resize : width == null ? Resize.NONE : Resize.STRETCH;
    }

    Filter filterOrDefault() {
        return filter == null ? Filter.BILINEAR : filter;
    }

    boolean antialiasOrDefault() {
        return antialias == null || antialias;
    }

    Layout layoutOrDefault() {
        return layout == null ? Layout.NCHW : layout;
    }

    int backgroundRgb() {
        return background == null ? 0xFFFFFF : Integer.parseInt(background.substring(1), 16);
    }

    /** The network's value of each sample 0 to 255, for each channel in channel order. */
    float[][] values() {
        float[][] values = new float[channelsOrDefault().count()][256];
        for (int c = 0; c < values.length; c++) {
            for (int sample = 0; sample < 256; sample++) {
                values[c][sample] = value(sample, c);
            }
        }
        return values;
    }

    /** The network's value of a letterbox's bars in a channel. */
    float padValue(int channel) {
        return value(pad == null ? 0 : pad, channel);
    }

    private float value(double sample, int channel) {
        double scaled = sample * (scale == null ? 1 / 255.0 : scale);
        return (float) ((scaled - at(mean, channel, 0)) / at(std, channel, 1));
    }

    private static double at(@Nullable List<Double> values, int channel, double otherwise) {
        return values == null ? otherwise : values.get(values.size() == 1 ? 0 : channel);
    }
}

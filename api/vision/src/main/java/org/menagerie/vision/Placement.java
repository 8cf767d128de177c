package org.menagerie.vision;

import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Origin;

/**
 * Where a resized picture lies in a network's input.
 *
 * @param width of the network's input, pixels
 * @param height of the network's input, pixels
 * @param resizedWidth of the resized picture, pixels
 * @param resizedHeight of the resized picture, pixels
 * @param left x of the resized picture's left edge in the input; negative where it is cut off
 * @param top y of the resized picture's top edge in the input; negative where it is cut off
 */
record Placement(int width, int height, int resizedWidth, int resizedHeight, int left, int top) {
    /** The placement that settings ask for. */
    static Placement of(ImageSettings settings, int width, int height) {
        return switch (settings.resizeOrDefault()) {
            case NONE -> whole(settings, width, height);
            case STRETCH -> stretch(side(settings.width()), side(settings.height()));
            case LETTERBOX -> letterbox(side(settings.width()), side(settings.height()), width, height);
            case LETTERBOX_TOP_LEFT -> topLeft(side(settings.width()), side(settings.height()), width, height);
            case CENTER_CROP -> centerCrop(settings, width, height);
            case MULTIPLE -> multiple(settings, width, height);
            case LINE -> line(settings, width, height);
        };
    }

    private static Placement whole(ImageSettings settings, int width, int height) {
        if (settings.width() != null && (settings.width() != width || side(settings.height()) != height)) {
            throw new InvalidInputException("The model takes pictures of %dx%d pixels; this one has %dx%d"
                    .formatted(settings.width(), side(settings.height()), width, height));
        }
        return stretch(width, height);
    }

    private static Placement stretch(int width, int height) {
        return new Placement(width, height, width, height, 0, 0);
    }

    static Placement letterbox(int inputWidth, int inputHeight, int width, int height) {
        double scale = Math.min((double) inputWidth / width, (double) inputHeight / height);
        int resizedWidth = Math.min(inputWidth, Math.max(1, (int) Math.round(width * scale)));
        int resizedHeight = Math.min(inputHeight, Math.max(1, (int) Math.round(height * scale)));
        return new Placement(
                inputWidth,
                inputHeight,
                resizedWidth,
                resizedHeight,
                (inputWidth - resizedWidth) / 2,
                (inputHeight - resizedHeight) / 2);
    }

    private static Placement topLeft(int inputWidth, int inputHeight, int width, int height) {
        double scale = Math.min((double) inputWidth / width, (double) inputHeight / height);
        int resizedWidth = Math.max(1, (int) (width * scale));
        int resizedHeight = Math.max(1, (int) (height * scale));
        return new Placement(inputWidth, inputHeight, resizedWidth, resizedHeight, 0, 0);
    }

    private static Placement centerCrop(ImageSettings settings, int width, int height) {
        int inputWidth = side(settings.width());
        int inputHeight = side(settings.height());
        int shorter = settings.shorterSide() == null ? Math.min(inputWidth, inputHeight) : settings.shorterSide();
        // torchvision truncates the longer side and rounds half to even for the corner of the cut.
        int resizedWidth = width <= height ? shorter : (int) ((long) shorter * width / height);
        int resizedHeight = width <= height ? (int) ((long) shorter * height / width) : shorter;
        return new Placement(
                inputWidth,
                inputHeight,
                resizedWidth,
                resizedHeight,
                -(int) Math.rint((resizedWidth - inputWidth) / 2.0),
                -(int) Math.rint((resizedHeight - inputHeight) / 2.0));
    }

    private static Placement multiple(ImageSettings settings, int width, int height) {
        int multiple = settings.multiple() == null ? 32 : settings.multiple();
        int longer = Math.max(width, height);
        double scale = settings.longestSide() == null || longer <= settings.longestSide()
                ? 1
                : (double) settings.longestSide() / longer;
        return stretch(toMultiple((int) (width * scale), multiple), toMultiple((int) (height * scale), multiple));
    }

    private static Placement line(ImageSettings settings, int width, int height) {
        int inputHeight = side(settings.height());
        int widest = settings.longestSide() == null ? ImageSettings.MOST_PIXELS_A_SIDE : settings.longestSide();
        int wanted = (int) Math.min(Math.ceil((double) inputHeight * width / height), widest);
        int inputWidth = Math.max(side(settings.width()), wanted);
        return new Placement(inputWidth, inputHeight, wanted, inputHeight, 0, 0);
    }

    /** The same with more bar on the right. */
    Placement widened(int inputWidth) {
        return new Placement(inputWidth, height, resizedWidth, resizedHeight, left, top);
    }

    private static int toMultiple(int side, int multiple) {
        return Math.max(multiple, (int) Math.rint((double) side / multiple) * multiple);
    }

    private static int side(@Nullable Integer pixels) {
        if (pixels == null) {
            throw new IllegalStateException("Settings without a size passed their check");
        }
        return pixels;
    }

    Origin.Image origin(int originalWidth, int originalHeight) {
        return new Origin.Image(
                originalWidth,
                originalHeight,
                width,
                height,
                (double) resizedWidth / originalWidth,
                (double) resizedHeight / originalHeight,
                left,
                top);
    }
}

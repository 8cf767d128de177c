package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorPool;

/**
 * Pictures to one float32 tensor {@code [N,C,H,W]} or {@code [N,H,W,C]}, as {@link ImageSettings} say. Origins are
 * {@link Origin.Image}. Thread-safe.
 */
public final class ImagePreprocessor implements Preprocessor<Image> {
    private final TensorPool pool = new TensorPool();
    private final ImageSettings settings;
    private final float[][] values;
    private final float[] pads;
    private final int[] planes;

    public ImagePreprocessor(ImageSettings settings) {
        this.settings = settings;
        this.values = settings.values();
        this.planes = settings.channelsOrDefault() == Channels.BGR ? new int[] {2, 1, 0} : new int[] {0, 1, 2};
        this.pads = new float[values.length];
        for (int c = 0; c < pads.length; c++) {
            pads[c] = settings.padValue(c);
        }
    }

    /** Pictures share a batch when the network's input has one size for them. */
    @Override
    public Object batchKey(Image input) {
        return switch (settings.resizeOrDefault()) {
            case NONE, MULTIPLE -> {
                Placement placement = Placement.of(settings, input.getWidth(), input.getHeight());
                yield List.of(placement.width(), placement.height());
            }
            default -> "";
        };
    }

    @Override
    public Prepared prepare(List<? extends Image> inputs) {
        List<BufferedImage> images =
                inputs.stream().map(ImagePreprocessor::pixelsOf).toList();
        List<Placement> placements = place(images);
        Placement first = placements.get(0);
        Tensor tensor = pool.take(ElementType.FLOAT32, shape(inputs.size(), first));
        List<Origin> origins = new ArrayList<>(inputs.size());
        int perPicture = tensor.size() / inputs.size();
        FloatBuffer values = tensor.floats();
        ImageWriter writer = null;
        for (int i = 0; i < images.size(); i++) {
            BufferedImage image = images.get(i);
            Placement placement = placements.get(i);
            int width = image.getWidth();
            int height = image.getHeight();
            if (placement.width() != first.width() || placement.height() != first.height()) {
                throw new InvalidInputException("Pictures of one batch must have one size: expected %dx%d, found %dx%d"
                        .formatted(first.width(), first.height(), placement.width(), placement.height()));
            }
            Optional<PixelRows> means = blockMeans(image, placement);
            int readWidth = means.isPresent() ? placement.resizedWidth() : width;
            int readHeight = means.isPresent() ? placement.resizedHeight() : height;
            if (writer == null || !writer.fits(readWidth, readHeight, placement)) {
                writer = new ImageWriter(readWidth, readHeight, placement, settings);
            }
            PixelRows rows =
                    means.orElseGet(() -> PixelRows.of(image, this.values.length == 1, settings.backgroundRgb()));
            writer.write(rows, planes, this.values, pads, values, i * perPicture);
            origins.add(placement.origin(width, height));
        }
        return new Prepared(Map.of(settings.input(), tensor), origins, pool.returning(tensor));
    }

    /** The picture shrunk by whole numbers, where that is what the filter asks for. */
    private Optional<PixelRows> blockMeans(BufferedImage image, Placement placement) {
        return values.length == 3 && settings.filterOrDefault() == Filter.AREA
                ? BlockMeans.of(image, placement.resizedWidth(), placement.resizedHeight())
                : Optional.empty();
    }

    private List<Placement> place(List<BufferedImage> images) {
        List<Placement> placements = images.stream()
                .map(image -> Placement.of(settings, image.getWidth(), image.getHeight()))
                .toList();
        if (settings.resizeOrDefault() != Resize.LINE) {
            return placements;
        }
        int widest = placements.stream().mapToInt(Placement::width).max().orElseThrow();
        return placements.stream().map(placement -> placement.widened(widest)).toList();
    }

    private Shape shape(int batch, Placement placement) {
        return settings.layoutOrDefault() == Layout.NCHW
                ? new Shape(batch, values.length, placement.height(), placement.width())
                : new Shape(batch, placement.height(), placement.width(), values.length);
    }

    static BufferedImage pixelsOf(@Nullable Image image) {
        if (image == null) {
            throw new InvalidInputException("A picture is null");
        }
        if (image.getWrappedImage() instanceof BufferedImage pixels) {
            return pixels;
        }
        throw new InvalidInputException(
                "Expected a picture that wraps a java.awt.image.BufferedImage, found one that wraps %s; read it with %s"
                        .formatted(image.getWrappedImage().getClass().getName(), ImageReader.class.getName()));
    }
}

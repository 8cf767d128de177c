package org.menagerie.vision.proposal;

import ai.djl.modality.cv.Image;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageSettings;
import org.menagerie.vision.Layout;

/**
 * Pictures to the tensor that {@link ImagePreprocessor} makes of them, and to a second one, f32[N,P,4], of the boxes that
 * {@link SelectiveSearch} finds in it: left, top, right, bottom in pixels, the likeliest first; pictures with fewer boxes than
 * others of the batch have boxes of zeros at the end. Origins are those of the first. Thread-safe.
 */
public final class ProposalPreprocessor implements Preprocessor<Image> {
    private final ImagePreprocessor images;
    private final ImagePreprocessor samples;
    private final ImageSettings settings;
    private final String proposals;
    private final SelectiveSearch search;

    public ProposalPreprocessor(ProposalSettings settings) {
        this.settings = settings.image();
        this.images = new ImagePreprocessor(this.settings);
        this.samples = new ImagePreprocessor(asSamples(this.settings));
        this.proposals = settings.proposalsOrDefault();
        this.search = new SelectiveSearch(settings.search());
    }

    /** The same pixels as they are, 0 to 255, by channel. */
    private static ImageSettings asSamples(ImageSettings settings) {
        return new ImageSettings(
                settings.input(),
                settings.width(),
                settings.height(),
                settings.channels() == Channels.GRAY ? Channels.GRAY : Channels.RGB,
                settings.resize(),
                settings.filter(),
                settings.antialias(),
                1.0,
                null,
                null,
                Layout.NCHW,
                settings.pad(),
                settings.shorterSide(),
                settings.longestSide(),
                settings.multiple(),
                settings.background());
    }

    @Override
    public Object batchKey(Image input) {
        return images.batchKey(input);
    }

    @Override
    public Prepared prepare(List<? extends Image> inputs) {
        Tensor boxes;
        try (Prepared plain = samples.prepare(inputs)) {
            boxes = boxes(plain.tensors().values().iterator().next());
        }
        Prepared prepared = images.prepare(inputs);
        Map<String, Tensor> tensors = new LinkedHashMap<>(prepared.tensors());
        tensors.put(proposals, boxes);
        return new Prepared(tensors, prepared.origins(), prepared::close);
    }

    private Tensor boxes(Tensor pictures) {
        Shape shape = pictures.shape();
        int channels = (int) shape.dim(1);
        int height = (int) shape.dim(2);
        int width = (int) shape.dim(3);
        float[] picture = new float[channels * height * width];
        return Proposals.tensor(IntStream.range(0, (int) shape.dim(0))
                .mapToObj(i -> {
                    pictures.floats().get(i * picture.length, picture);
                    return Proposals.flat(search.boxes(picture, channels, height, width));
                })
                .toList());
    }
}

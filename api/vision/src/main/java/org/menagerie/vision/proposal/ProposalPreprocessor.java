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
import org.menagerie.vision.ImagePreprocessor;

/**
 * Pictures to the tensor that {@link ImagePreprocessor} makes of them, and to a second one, f32[N,P,4], of the boxes that
 * {@link SelectiveSearch} finds in it: left, top, right, bottom in pixels, the likeliest first; pictures with fewer boxes than
 * others of the batch have boxes of zeros at the end. Origins are those of the first. Thread-safe.
 */
public final class ProposalPreprocessor implements Preprocessor<Image> {
    private final ImagePreprocessor images;
    private final ImagePreprocessor samples;
    private final String proposals;
    private final SelectiveSearch search;

    public ProposalPreprocessor(ProposalSettings settings) {
        this.images = new ImagePreprocessor(settings.image());
        this.samples = new ImagePreprocessor(settings.image().asSamples());
        this.proposals = settings.proposalsOrDefault();
        this.search = new SelectiveSearch(settings.search());
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

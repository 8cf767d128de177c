package org.menagerie.training.data;

/**
 * Grey scenes 128×128 of one to five Fashion-MNIST garments at random scales, overlapping, on textured ground: a small data
 * set for detection and segmentation. 24,000 scenes are made of training garments, 1,000 each of the validation and the test
 * garments; each follows from its number alone and is drawn when it is asked for.
 *
 * <p>{@code fashion-scenes} finds the garments as {@code fashion-mnist} does, {@code fashion-scenes:FOLDER} in a folder.
 */
public final class FashionScenes implements DatasetKind {
    private static final String NAME = "fashion-scenes";
    private static final int TRAIN = 24_000;
    private static final int HELD_OUT = 1_000;

    private final FashionMnist garments = new FashionMnist();

    @Override
    public Splits open(String location, DataFiles files) {
        Splits splits = garments.open(location, files);
        return new Splits(
                new Scenes(NAME + "/train", splits.train(), TRAIN),
                new Scenes(NAME + "/validation", splits.validation(), HELD_OUT),
                new Scenes(NAME + "/test", splits.test(), HELD_OUT));
    }
}

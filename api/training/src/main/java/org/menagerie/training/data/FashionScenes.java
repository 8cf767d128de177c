package org.menagerie.training.data;

import java.util.Map;

/**
 * Grey scenes 128×128 of one to five Fashion-MNIST garments at random scales, overlapping, on textured ground: a small data
 * set for detection and segmentation. 24,000 scenes are made of training garments, 1,000 each of the validation and the test
 * garments; each follows from its number alone and is drawn when it is asked for.
 *
 * <p>{@code fashion-scenes} finds the garments as {@code fashion-mnist} does, {@code fashion-scenes:FOLDER} in a folder. Two
 * options change the training part only: {@code scenes=60000} is how many there are, {@code garments=9} the least number of
 * garments put into each as far as they find a place, where the default draws 1 to 5: the same pixels then teach more. {@code
 * most=1} changes all parts: it is the most that is drawn, so that each scene has one garment, as localisation wants it.
 */
public final class FashionScenes implements DatasetKind {
    private static final String NAME = "fashion-scenes";
    private static final int HELD_OUT = 1_000;
    private static final Map<String, Location.Option> OPTIONS = Map.of(
            "scenes", new Location.Option("24000", "[1-9]\\d{0,6}", "a number of training scenes, up to 9999999"),
            "garments", new Location.Option("1", "[1-9]", "the least number of garments in a training scene, 1 to 9"),
            "most", new Location.Option("5", "[1-5]", "the most garments that a scene draws, 1 to 5"));

    private final FashionMnist garments = new FashionMnist();

    @Override
    public Splits open(String location, DataFiles files) {
        Location where = Location.of(NAME, location, OPTIONS);
        if (where.paths().size() > 1) {
            throw new DataSpecificationException("Data set '%s' takes one folder and the options %s; found '%s'"
                    .formatted(NAME, OPTIONS.keySet().stream().sorted().toList(), location));
        }
        int most = where.number("most");
        Scene.Count training = new Scene.Count(where.number("garments"), most);
        Scene.Count heldOut = new Scene.Count(1, most);
        Splits splits = garments.open(String.join("", where.paths()), files);
        return new Splits(
                new Scenes(NAME + "/train", splits.train(), where.number("scenes"), training),
                new Scenes(NAME + "/validation", splits.validation(), HELD_OUT, heldOut),
                new Scenes(NAME + "/test", splits.test(), HELD_OUT, heldOut));
    }
}

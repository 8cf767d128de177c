package org.menagerie.training.data;

/**
 * A data set of images with one more column, the boxes that selective search finds in each: {@code proposals} f32[B,P,4], left,
 * top, right, bottom in pixels, the likeliest first, zeros where an image has fewer than others of its batch. {@code
 * proposals:fashion-scenes} is {@code fashion-scenes} with it; a location of that data set follows as it does there.
 */
public final class Proposing implements DatasetKind {
    private static final String NAME = "proposals";

    @Override
    public Splits open(String location, DataFiles files) {
        if (location.isEmpty()) {
            throw new DataSpecificationException(
                    "Data set '%s' needs the data set whose images it proposes boxes in, for example %s:fashion-scenes"
                            .formatted(NAME, NAME));
        }
        Splits splits = files.dataset(location);
        return new Splits(
                new ProposedBoxes(splits.train()),
                new ProposedBoxes(splits.validation()),
                new ProposedBoxes(splits.test()));
    }
}

package org.menagerie.training.data;

/**
 * A data set of scenes with a caption for each in place of its boxes: {@code captions:fashion-scenes}; a location of that data set
 * follows as it does there. {@link CaptionGrammar} states the grammar.
 */
public final class Captioning implements DatasetKind {
    private static final String NAME = "captions";

    @Override
    public Splits open(String location, DataFiles files) {
        if (location.isEmpty()) {
            throw new DataSpecificationException(
                    "Data set '%s' needs the data set whose images it captions, for example %s:fashion-scenes"
                            .formatted(NAME, NAME));
        }
        Splits splits = files.dataset(location);
        return new Splits(
                new CaptionedScenes(splits.train()),
                new CaptionedScenes(splits.validation()),
                new CaptionedScenes(splits.test()));
    }
}

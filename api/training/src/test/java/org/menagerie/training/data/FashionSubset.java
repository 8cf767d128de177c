package org.menagerie.training.data;

import java.nio.file.Path;
import org.menagerie.fixtures.Fixtures;

/** The fixtures' subset of Fashion-MNIST, for tests of other packages. */
public final class FashionSubset {
    private FashionSubset() {}

    /** About 1,830 images to train on, the rest of 2,000 for validation, and 500 test images; pixels 0 to 255. */
    public static Splits open(Path folder) {
        return new IdxImages().open(Fixtures.copyFashionSubset(folder).toString(), DataFiles.NONE);
    }
}

package org.menagerie.contract;

import java.io.IOException;
import java.nio.file.Path;
import org.menagerie.training.data.DatasetKind;

/** Scenes of garments, three hundred to train on. */
class FashionScenesContractTest extends DatasetContract {
    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("fashion-scenes");
    }

    @Override
    protected String write(Path folder) throws IOException {
        DataKinds.copyFashion(folder);
        return folder + ",scenes=300";
    }
}

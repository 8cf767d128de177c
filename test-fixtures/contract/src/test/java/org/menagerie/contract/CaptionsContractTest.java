package org.menagerie.contract;

import java.io.IOException;
import java.nio.file.Path;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DatasetKind;

/** Scenes of garments with their captions. */
class CaptionsContractTest extends DatasetContract {
    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("captions");
    }

    @Override
    protected DataFiles files() {
        return ProposalsContractTest.OTHERS;
    }

    @Override
    protected String write(Path folder) throws IOException {
        return "fashion-scenes:" + new FashionScenesContractTest().write(folder);
    }
}

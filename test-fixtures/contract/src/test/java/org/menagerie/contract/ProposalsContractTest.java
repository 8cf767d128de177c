package org.menagerie.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Datasets;
import org.menagerie.training.data.Splits;

/** Small pictures with the boxes that selective search finds. */
class ProposalsContractTest extends DatasetContract {
    /** Finds other data sets. */
    static final DataFiles OTHERS = new DataFiles() {
        @Override
        public Optional<Path> find(String dataset, Artifact file) {
            return Optional.empty();
        }

        @Override
        public Splits dataset(String specification) {
            return new Datasets(DataKinds.ALL, DataFiles.NONE).open(specification);
        }
    };

    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("proposals");
    }

    @Override
    protected DataFiles files() {
        return OTHERS;
    }

    @Override
    protected String write(Path folder) throws IOException {
        return "idx:" + new IdxContractTest().write(folder);
    }
}

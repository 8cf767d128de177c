package org.menagerie.contract;

import java.nio.file.Path;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.training.data.DatasetKind;

/** The data of MNIST and its like, on a subset of Fashion-MNIST. */
class IdxContractTest extends DatasetContract {
    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("idx");
    }

    @Override
    protected String write(Path folder) {
        return Fixtures.copyFashionSubset(folder).toString();
    }
}

package org.menagerie.contract;

import java.io.IOException;
import java.nio.file.Path;
import org.menagerie.training.data.DatasetKind;

/** Fashion-MNIST as a whole. */
class FashionMnistContractTest extends DatasetContract {
    @Override
    protected DatasetKind kind() {
        return DataKinds.kind("fashion-mnist");
    }

    @Override
    protected String write(Path folder) throws IOException {
        DataKinds.copyFashion(folder);
        return folder.toString();
    }
}

package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.training.data.Column;

/** The columns that the contracts know are those of the data sets that come with training. */
class ColumnsTest {
    /** A column that is renamed on one side only would pass the contracts of both. */
    @Test
    void theContractsKnowTheColumnsOfTheseDataSetsAndNoOthers(@TempDir Path temp) throws IOException {
        Map<String, DatasetContract> contracts = new TreeMap<>(Map.of(
                "idx", new IdxContractTest(),
                "cmudict", new CmuDictContractTest(),
                "coco", new CocoContractTest(),
                "fashion-mnist", new FashionMnistContractTest(),
                "fashion-scenes", new FashionScenesContractTest(),
                "proposals", new ProposalsContractTest(),
                "captions", new CaptionsContractTest(),
                "text", new TextContractTest()));
        Set<String> kinds = new TreeSet<>(DataKinds.ALL.keySet());
        assertThat(kinds.remove("jargon"))
                .as("jargon, which is one file of the kind 'text'")
                .isTrue();
        assertThat(kinds).isEqualTo(contracts.keySet());
        List<Column> found = new ArrayList<>();
        for (Map.Entry<String, DatasetContract> contract : contracts.entrySet()) {
            String location = contract.getValue().write(Files.createDirectory(temp.resolve(contract.getKey())));
            found.addAll(DataKinds.kind(contract.getKey())
                    .open(location, contract.getValue().files())
                    .train()
                    .info()
                    .columns());
        }
        assertThat(found)
                .allSatisfy(column -> assertThat(column.meaning())
                        .as("what '%s' holds", column.name())
                        .isNotEmpty());
        assertThat(found)
                .allSatisfy(
                        column -> assertThat(Columns.KNOWN).anyMatch(known -> DatasetContract.isLike(known, column)));
        assertThat(Columns.KNOWN)
                .allSatisfy(known -> assertThat(found).anyMatch(column -> DatasetContract.isLike(known, column)));
    }
}

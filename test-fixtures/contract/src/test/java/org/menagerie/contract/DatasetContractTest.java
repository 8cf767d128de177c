package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract itself: a sound kind of data sets passes, and each broken one fails the rules that are about its fault. */
class DatasetContractTest {
    @ParameterizedTest
    @CsvSource({
        "Sound, ''",
        "HashesAtRandom, 1",
        "GivesAnUndeclaredColumn, 2",
        "DeclaresAnotherSize, 2",
        "GivesAnotherType, 2 6",
        "MisspellsAColumn, 2",
        "AddsNoise, 3 4",
        "IgnoresTheMemory, 3",
        "HoldsACursor, 4",
        "TestsOnWhatItTrainsOn, 5",
        "LabelsBeyondItsClasses, 6",
        "WrapsIndices, 7",
        "ReadsWhatIsThere, 8",
        "DoesNotSayWhichFile, 8"
    })
    void eachFaultFailsItsRules(String name, String rules) throws ClassNotFoundException {
        List<String> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Class.forName(BrokenData.class.getName() + "$" + name)))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replaceAll("Rule (\\d+):.*", "$1"))
                .sorted()
                .toList();
        String found = String.join(" ", failed);
        // Whether threads meet in the memory is chance.
        assertThat(name.equals("IgnoresTheMemory") ? found.replace(" 4", "") : found)
                .isEqualTo(rules);
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Fetched;
import org.menagerie.hub.Hub;
import org.menagerie.hub.ZooOptions;
import org.menagerie.training.data.CmuDict;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Pronunciations;
import org.menagerie.training.data.Splits;

/** The published dictionary, as a hub fetches it. */
class CmuDictTest {
    @Test
    void theWholeDictionarySplitsIntoTheKnownCounts() {
        Hub hub = new Hub(ZooOptions.defaults());
        Splits splits =
                Fetched.orSkip(() -> new CmuDict().open("", (dataset, file) -> Optional.of(hub.data(dataset, file))));
        assertThat(words(splits.train())).isEqualTo(110_327);
        assertThat(splits.validation().size()).isEqualTo(2_680);
        assertThat(splits.test().size()).isEqualTo(11_913);
        assertThat(words(splits.test())).isEqualTo(11_913);
    }

    private static long words(Dataset dataset) {
        Pronunciations words = (Pronunciations) dataset;
        return IntStream.range(0, words.size())
                .mapToObj(words::spelling)
                .distinct()
                .count();
    }
}

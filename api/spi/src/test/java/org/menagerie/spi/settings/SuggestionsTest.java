package org.menagerie.spi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    @Test
    void countsEdits() {
        assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestions.distance("lenet", "lente")).isEqualTo(1);
        assertThat(Suggestions.distance("same", "same")).isZero();
    }

    @Test
    void namesWhatIsNear() {
        List<String> known = List.of("lenet-fashion-mnist", "blazeface-front", "blazeface-back");
        assertThat(Suggestions.didYouMean("lenet-fasion-mnist", known))
                .isEqualTo(" (did you mean 'lenet-fashion-mnist'?)");
        assertThat(Suggestions.near("blazeface", known)).containsExactly("blazeface-back", "blazeface-front");
        assertThat(Suggestions.didYouMean("zzz", known)).isEmpty();
    }

    @Test
    void leavesOutWhatIsFarBehindTheNearest() {
        assertThat(Suggestions.near(
                        "lenet-fashion-mnits", java.util.List.of("resnet20-fashion-mnist", "lenet-fashion-mnist")))
                .containsExactly("lenet-fashion-mnist");
        assertThat(Suggestions.near(
                        "net-fashion-mnist", java.util.List.of("lenet-fashion-mnist", "unet-fashion-mnist")))
                .containsExactly("unet-fashion-mnist", "lenet-fashion-mnist");
    }
}

package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void figuresHaveFourDecimalsAndLargeOnesAPowerOfTen() {
        assertThat(Figures.text(Map.of("top_5_accuracy", .87914))).isEqualTo("top 5 accuracy 0.8791");
        assertThat(Figures.text(Map.of("loss", 123456.78912))).isEqualTo("loss 123456.7891");
        assertThat(Figures.text(Map.of("loss", 3.4123e17))).isEqualTo("loss 3.412e+17");
    }

    @Test
    void whatTheDataDoesNotHaveIsNotANumber() {
        assertThat(Figures.text(Map.of("mAP_large", Double.NaN))).isEqualTo("mAP large -");
    }
}

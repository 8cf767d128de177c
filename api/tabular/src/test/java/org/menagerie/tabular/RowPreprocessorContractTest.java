package org.menagerie.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.contract.PreprocessorContract;
import org.menagerie.spi.Preprocessor;

class RowPreprocessorContractTest extends PreprocessorContract<float[]> {
    @Override
    protected Preprocessor<float[]> preprocessor() {
        return new RowPreprocessor(new RowSettings("features", 3, List.of(1.0, 0.0, -2.0), List.of(2.0, 1.0, 4.0)));
    }

    @Override
    protected List<float[]> inputs() {
        return List.of(new float[] {5, -1, 2}, new float[] {1, 0.25f, 6});
    }

    @Override
    protected List<float[]> broken() {
        return List.of(new float[0], new float[] {1, 2}, new float[] {1, 2, 3, 4});
    }

    @Test
    void meansAreTakenAwayAndDeviationsDividedBy() {
        assertThat(preprocessor().prepare(inputs()).tensors().values())
                .singleElement()
                .satisfies(features -> assertThat(features.toFloatArray()).containsExactly(2, -1, 1, 0, 0.25f, 2));
    }

    @Test
    void settingsMustFitTheColumns() {
        assertThatThrownBy(() -> new RowSettings("x", 0, null, null)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new RowSettings("x", 2, List.of(1.0), null))
                .hasMessage("mean has 1 values for 2 columns");
        assertThatThrownBy(() -> new RowSettings("x", 1, null, List.of(0.0))).hasMessageContaining("above 0");
    }
}

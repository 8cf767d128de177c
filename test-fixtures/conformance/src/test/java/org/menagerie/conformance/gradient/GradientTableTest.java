package org.menagerie.conformance.gradient;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient table: every rule against central differences, once and where possible twice, with all optimizations of
 * ONNX Runtime and with none.
 */
class GradientTableTest {
    static List<GradientCase> cases() {
        return Stream.of(
                        ArithmeticCases.all(),
                        ActivationCases.all(),
                        ReductionCases.all(),
                        ShapeCases.all(),
                        IndexingCases.all(),
                        LinearCases.all(),
                        ConvolutionCases.all(),
                        PoolingCases.all(),
                        NormalizationCases.all(),
                        RecurrentCases.all(),
                        ControlCases.all(),
                        NetworkCases.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theGradientIsTheLimitOfDifferences(GradientCase row) {
        GradientCheck.check(row);
    }
}

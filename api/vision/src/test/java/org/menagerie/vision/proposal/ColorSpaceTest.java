package org.menagerie.vision.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against {@code rgb2lab} and {@code rgb2hsv} of scikit-image 0.19.3. */
class ColorSpaceTest {
    private static final Planes COLORS =
            new Planes(List.of(new float[] {200, 12, 7}, new float[] {30, 250, 9}, new float[] {90, 128, 8}), 3, 1);

    @Test
    void labIsTheReferences() {
        Planes lab = ColorSpace.LAB.of(COLORS);
        double[][] expected = {
            {44.16088701, 86.99854284, 2.33115713},
            {65.80664257, -74.87531697, -0.6621991},
            {10.61500193, 44.7319819, 0.19444346}
        };
        for (int i = 0; i < 3; i++) {
            assertThat(lab.samples().get(0)[i] * 100.0 / 255).isEqualTo(expected[0][i], offset(0.01));
            assertThat(lab.samples().get(1)[i] - 128.0).isEqualTo(expected[1][i], offset(0.01));
            assertThat(lab.samples().get(2)[i] - 128.0).isEqualTo(expected[2][i], offset(0.01));
        }
    }

    @Test
    void hsvIsTheReferences() {
        Planes hsv = ColorSpace.HSV.of(COLORS);
        double[][] expected = {
            {0.94117647, 0.41456583, 0.41666667}, {0.85, 0.952, 0.22222222}, {0.78431373, 0.98039216, 0.03529412}
        };
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 3; i++) {
                assertThat(hsv.samples().get(c)[i] / 255.0).isEqualTo(expected[c][i], offset(1e-5));
            }
        }
    }

    @Test
    void grayPicturesStayThemselves() {
        Planes gray = new Planes(List.of(new float[] {1, 2}), 2, 1);
        for (ColorSpace space : ColorSpace.values()) {
            assertThat(space.of(gray)).isSameAs(gray);
        }
    }
}

package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.menagerie.decoding.BoxFusion.Found;

class BoxFusionTest {
    private static final BoxFusion FUSION = new BoxFusion(0.55f);

    /** By hand: (0.9·0 + 0.3·4) / 1.2 = 1; the score is 0.6, the mean of both looks. */
    @Test
    void boxesOfOneObjectAreAveragedByTheirScores() {
        Found found =
                new Found(new float[] {0, 0, 100, 100, 4, 0, 104, 100}, new int[] {2, 2}, new float[] {0.9f, 0.3f});
        Found fused = FUSION.fuse(found, 2);
        assertThat(fused.size()).isEqualTo(1);
        assertThat(fused.corners()).containsExactly(new float[] {1, 0, 101, 100}, within(1e-5f));
        assertThat(fused.scores()).containsExactly(new float[] {0.6f}, within(1e-6f));
        assertThat(fused.classes()).containsExactly(2);
    }

    @Test
    void anObjectThatFewLooksFoundScoresLessAndComesLater() {
        Found found =
                new Found(new float[] {0, 0, 10, 10, 50, 50, 60, 60, 50, 50, 60, 60}, new int[] {0, 0, 0}, new float[] {
                    0.9f, 0.6f, 0.6f
                });
        Found fused = FUSION.fuse(found, 2);
        assertThat(fused.scores()).containsExactly(new float[] {0.6f, 0.45f}, within(1e-6f));
        assertThat(fused.corners()).startsWith(50, 50, 60, 60);
    }

    @Test
    void boxesOfOtherClassesAndWithoutNumbersStayApart() {
        Found found = new Found(
                new float[] {0, 0, 10, 10, 0, 0, 10, 10, Float.NaN, 0, 10, 10, 0, 0, 10, 10},
                new int[] {0, 1, 0, 0},
                new float[] {0.9f, 0.8f, 0.7f, Float.NaN});
        assertThat(FUSION.fuse(found, 1).classes()).containsExactly(0, 1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new BoxFusion(2)).hasMessageContaining("2.0; expected 0 to 1");
        assertThatThrownBy(() -> new Found(new float[4], new int[2], new float[1]))
                .hasMessageContaining("as many of each");
    }
}

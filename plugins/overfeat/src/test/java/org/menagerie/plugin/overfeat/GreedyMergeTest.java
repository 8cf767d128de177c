package org.menagerie.plugin.overfeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GreedyMergeTest {
    @Test
    void boxesOfOneObjectBecomeTheirMeanAndScoresAddUp() {
        GreedyMerge.Box first = box(0, 0, 10, 10, 0.6, 0.3);
        GreedyMerge.Box second = box(2, 0, 12, 10, 0.2, 0.7);
        GreedyMerge.Box third = box(1, 0, 11, 13, 0.1, 0.8);
        GreedyMerge.Box far = box(50, 50, 60, 60, 0.9, 0.1);
        List<GreedyMerge.Box> merged = new GreedyMerge(0.6).merged(List.of(first, far, second, third));
        assertThat(merged).hasSize(2);
        GreedyMerge.Box mean = merged.get(0);
        assertThat(mean.windows()).isEqualTo(3);
        assertThat(new double[] {mean.left(), mean.top(), mean.right(), mean.bottom()})
                .containsExactly(new double[] {1, 0, 11, 11}, within(1e-12));
        assertThat(mean.scores()).containsExactly(new double[] {0.9, 1.8}, within(1e-12));
        assertThat(mean.best()).isEqualTo(1);
        assertThat(merged.get(1)).isSameAs(far);
    }

    /** Squares of side 10 whose centres are 10 apart and that share nothing: one mean side, and 1 for the missing intersection. */
    @Test
    void theLimitIsTheLargestMatchThatMerges() {
        List<GreedyMerge.Box> neighbours = List.of(box(0, 0, 10, 10, 1, 0), box(10, 0, 20, 10, 1, 0));
        assertThat(new GreedyMerge(2).merged(neighbours)).hasSize(1);
        assertThat(new GreedyMerge(1.999).merged(neighbours)).hasSize(2);
        List<GreedyMerge.Box> equal = List.of(box(0, 0, 10, 10, 1, 0), box(0, 0, 10, 10, 1, 0));
        assertThat(new GreedyMerge(0).merged(equal)).hasSize(1);
        assertThat(new GreedyMerge(0).merged(List.of())).isEmpty();
    }

    private static GreedyMerge.Box box(double left, double top, double right, double bottom, double... scores) {
        return new GreedyMerge.Box(left, top, right, bottom, scores, 1);
    }
}

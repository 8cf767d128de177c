package org.menagerie.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The builder adds no transposition that moves nothing. */
class NoOpsTest {
    private final GraphBuilder g = new GraphBuilder("moves", Mode.TRAINING);

    @Test
    void aPermutationThatMovesNothingIsTheValueItself() {
        Value matrix = g.input("matrix", "f32[N,3]");
        Value vector = g.input("vector", "f32[5]");
        Value scalar = g.input("scalar", "f32[]");

        assertThat(g.transpose(matrix, 0, 1)).isSameAs(matrix);
        assertThat(g.op("Transpose", vector)).isSameAs(vector);
        assertThat(g.op("Transpose", scalar)).isSameAs(scalar);
        assertThat(g.nodes()).isEmpty();
    }

    @Test
    void aPermutationOfEqualExtentsIsReal() {
        Value square = g.input("square", "f32[3,3]");

        assertThat(g.transpose(square, 1, 0)).isNotSameAs(square);
        assertThat(g.op("Transpose", square)).isNotSameAs(square);
    }

    @Test
    void aWrongPermutationIsAnErrorStill() {
        Value cube = g.input("cube", "f32[2,3,4]");

        assertThatThrownBy(() -> g.transpose(cube, 0, 1))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("3 axes");
    }
}

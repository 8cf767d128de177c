package org.menagerie.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DimTest {
    private static final Dim N = Dim.symbol("N");
    private static final Dim H = Dim.symbol("H");

    @Test
    void numbersAndSymbolsAreRead() {
        assertThat(Dim.parse("12").value()).isEqualTo(12);
        assertThat(Dim.parse("-1").value()).isEqualTo(-1);
        assertThat(Dim.parse("N")).isEqualTo(N).isNotEqualTo(H);
        assertThat(N.isFixed()).isFalse();
        assertThat(Dim.symbol("?3").isUnknown()).isTrue();
        assertThat(N.isUnknown()).isFalse();
    }

    @Test
    void equalComputationsGiveEqualExtents() {
        assertThat(N.plus(H).times(2)).isEqualTo(H.times(2).plus(N).plus(N));
        assertThat(N.plus(1).times(N.plus(-1))).isEqualTo(N.times(N).plus(-1));
        assertThat(N.minus(N)).isEqualTo(Dim.of(0));
        assertThat(N.times(0).isFixed()).isTrue();
        assertThat(N.plus(H).hashCode()).isEqualTo(H.plus(N).hashCode());
    }

    @Test
    void quotientsAreExactWhereTheyCanBe() {
        assertThat(Dim.of(7).floorDiv(Dim.of(2))).isEqualTo(Dim.of(3));
        assertThat(Dim.of(-7).floorDiv(Dim.of(2))).isEqualTo(Dim.of(-4));
        assertThat(N.times(6).floorDiv(Dim.of(3))).isEqualTo(N.times(2));
        assertThat(N.times(H).plus(N).floorDiv(N)).isEqualTo(H.plus(1));
        assertThat(N.plus(1).floorDiv(N.plus(1))).isEqualTo(Dim.of(1));
    }

    @Test
    void otherQuotientsAreExtentsOfTheirOwn() {
        Dim half = H.plus(-1).floorDiv(Dim.of(2));

        assertThat(half).hasToString("floor((H-1)/(2))").isEqualTo(H.plus(-1).floorDiv(Dim.of(2)));
        assertThat(half.plus(1).evaluate(Map.of("H", 28L))).isEqualTo(14);
        assertThat(half.evaluate(Map.of("H", 29L))).isEqualTo(14);
    }

    @Test
    void symbolsTakeValues() {
        Dim area = N.times(H.plus(2)).plus(-3);

        assertThat(area.evaluate(Map.of("N", 4L, "H", 5L))).isEqualTo(25);
        assertThatThrownBy(() -> area.evaluate(Map.of("N", 4L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'H'")
                .hasMessageContaining("[N]");
    }

    @Test
    void aSymbolIsNoNumber() {
        assertThatThrownBy(() -> N.plus(1).value())
                .isInstanceOf(SymbolicExtentException.class)
                .hasMessageContaining("N");
        assertThatThrownBy(() -> N.floorDiv(Dim.of(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zero");
    }

    @Test
    void growthHasBounds() {
        Dim long_ = N;
        for (int i = 0; i < 99; i++) {
            long_ = long_.times(N);
        }
        Dim longest = long_;

        assertThatThrownBy(() -> longest.times(N))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("factors");
        assertThatThrownBy(() -> Dim.of(Long.MAX_VALUE).plus(1)).isInstanceOf(ArithmeticException.class);
    }
}

package org.menagerie.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TensorPoolTest {
    private final TensorPool pool = new TensorPool(100);

    @Test
    void handsOutWhatWasGivenBackUnderAnotherShapeAndType() {
        Tensor first = pool.take(ElementType.FLOAT32, new Shape(2, 3));
        first.floats().put(4, 7f);
        pool.returning(first).run();

        Tensor again = pool.take(ElementType.INT32, new Shape(6));

        assertThat(again.toString()).isEqualTo("i32[6]");
        assertThat(again.ints().get(4)).isEqualTo(Float.floatToIntBits(7f));
    }

    @Test
    void neverHandsOutTheSameMemoryTwice() {
        Tensor first = pool.take(ElementType.FLOAT32, new Shape(2));
        Runnable giveBack = pool.returning(first);
        giveBack.run();
        Tensor second = pool.take(ElementType.FLOAT32, new Shape(2));
        giveBack.run();
        Tensor third = pool.take(ElementType.FLOAT32, new Shape(2));

        second.floats().put(0, 1f);
        third.floats().put(0, 2f);

        assertThat(second.floats().get(0)).isEqualTo(1f);
    }

    @Test
    void makesAnewWhatIsTooBigToKeepOrOfAnotherSize() {
        Tensor big = pool.take(ElementType.FLOAT32, new Shape(26));
        big.floats().put(0, 5f);
        pool.returning(big).run();
        assertThat(pool.take(ElementType.FLOAT32, new Shape(26)).floats().get(0))
                .isZero();

        Tensor small = pool.take(ElementType.FLOAT32, new Shape(2));
        small.floats().put(0, 5f);
        pool.returning(small).run();
        assertThat(pool.take(ElementType.FLOAT32, new Shape(1)).floats().get(0)).isZero();
    }
}

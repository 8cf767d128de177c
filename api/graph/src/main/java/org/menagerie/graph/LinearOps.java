package org.menagerie.graph;

import org.jspecify.annotations.Nullable;

/** Matrix products. */
public interface LinearOps extends Emitter {
    /** The matrix product over the last two axes; leading axes broadcast. */
    default Value matMul(Value a, Value b) {
        return op("MatMul", a, b);
    }

    /** {@code a' b' + c} of matrices, each transposed if asked. */
    default Value gemm(Value a, boolean transposeA, Value b, boolean transposeB, @Nullable Value c) {
        return op("Gemm", Attributes.of("transA", transposeA).with("transB", transposeB), a, b, c);
    }

    /** The matrix product over the last two axes, each transposed if asked, without moving memory. */
    default Value matMul(Value a, boolean transposeA, Value b, boolean transposeB) {
        if (!transposeA && !transposeB) {
            return matMul(a, b);
        }
        return microsoft("FusedMatMul", Attributes.of("transA", transposeA).with("transB", transposeB), a, b);
    }

    /** The Einstein summation of an equation such as {@code bij,bjk->bik}. */
    default Value einsum(String equation, Value... inputs) {
        return op("Einsum", Attributes.of("equation", equation), inputs);
    }
}

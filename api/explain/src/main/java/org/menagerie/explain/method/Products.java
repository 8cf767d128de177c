package org.menagerie.explain.method;

import org.menagerie.spi.Tensor;

/** Tensors multiplied element by element. */
final class Products {
    private Products() {}

    static Tensor of(Tensor a, Tensor b) {
        float[] product = a.toFloatArray();
        for (int i = 0; i < product.length; i++) {
            product[i] *= b.floats().get(i);
        }
        return Tensor.of(product, a.shape().dims());
    }
}

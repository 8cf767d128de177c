package org.menagerie.plugin.vgg;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;

class VggContractTest extends ArchitectureContract<Vgg.Config> {
    @Override
    protected Specimen<Vgg.Config> specimen() {
        return new Specimen<>(
                new Vgg(),
                new Vgg.Config(List.of(1, 2), List.of(4, 8), true, 3, 16, 3, 1, 14),
                2_451,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 1, 14, 14),
                        "label", Tensor.of(random.longs(size, 0, 3).toArray(), size)),
                Map.of("logits", new float[] {-0.076747f, 0.139551f, -0.012481f, -0.083466f, 0.151395f, -0.022241f}),
                0.01);
    }
}

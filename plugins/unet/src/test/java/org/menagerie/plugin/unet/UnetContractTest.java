package org.menagerie.plugin.unet;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;

class UnetContractTest extends ArchitectureContract<Unet.Config> {
    @Override
    protected Specimen<Unet.Config> specimen() {
        return new Specimen<>(
                new Unet(),
                new Unet.Config(2, 1, 16, List.of(2, 4, 8), true, true, true),
                1_499,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 1, 16, 16),
                        "mask", Tensor.of(random.longs(size * 256L, 0, 3).toArray(), size, 16, 16)),
                Map.of("logits", new float[] {
                    0.027232f,
                    -0.018366f,
                    -0.127689f,
                    -0.133651f,
                    0.159498f,
                    0.141408f,
                    -0.167151f,
                    -0.187283f,
                    0.396927f,
                    0.560195f
                }),
                0.01);
    }
}

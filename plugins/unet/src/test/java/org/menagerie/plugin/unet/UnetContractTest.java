package org.menagerie.plugin.unet;

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
                new Unet.Config(2, 1, 16, 2, 2, 2, true, true),
                1_929,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 1, 16, 16),
                        "mask", Tensor.of(random.longs(size * 256L, 0, 3).toArray(), size, 16, 16)),
                Map.of("logits", new float[] {
                    0.418086f, 0.502643f, 0.416983f, 0.426241f, 0.440539f, 0.494844f, 0.390020f, 0.484831f, 0.480525f,
                    0.488008f
                }),
                0.01);
    }
}

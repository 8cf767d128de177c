package org.menagerie.plugin.segnet;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;

class SegNetContractTest extends ArchitectureContract<SegNet.Config> {
    @Override
    protected Specimen<SegNet.Config> specimen() {
        return new Specimen<>(
                new SegNet(),
                new SegNet.Config(List.of(1, 2), List.of(4, 8), SegNet.Up.UNPOOL, 0, 2, 1, 18),
                1_939,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 1, 18, 18),
                        "mask", Tensor.of(random.longs(size * 324L, 0, 3).toArray(), size, 18, 18)),
                Map.of("logits", new float[] {0.118075f, 0.128141f, 0.118428f, 0.218626f, 0.288094f, 0.153968f}),
                0.01);
    }
}

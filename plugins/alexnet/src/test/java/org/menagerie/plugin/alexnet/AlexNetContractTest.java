package org.menagerie.plugin.alexnet;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;

class AlexNetContractTest extends ArchitectureContract<AlexNet.Config> {
    @Override
    protected Specimen<AlexNet.Config> specimen() {
        return new Specimen<>(
                new AlexNet(),
                new AlexNet.Config(List.of(8, 12, 16, 16, 12), 32, true, 3, 1, 67),
                20_987,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 1, 67, 67),
                        "label", Tensor.of(random.longs(size, 0, 3).toArray(), size)),
                Map.of("logits", new float[] {-0.112875f, 0.004463f, -0.074274f, -0.112905f, 0.004504f, -0.074307f}),
                0.003);
    }
}

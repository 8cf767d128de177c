package org.menagerie.plugin.lenet;

import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;

class LeNetContractTest extends ArchitectureContract<LeNet.Config> {
    @Override
    protected Specimen<LeNet.Config> specimen() {
        return new Specimen<>(
                new LeNet(),
                new LeNet.Config(10),
                61_706,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 1, 28, 28),
                        "label", Tensor.of(random.longs(size, 0, 10).toArray(), size)),
                Map.of("logits", new float[] {
                    -0.051735f,
                    -0.071124f,
                    -0.100278f,
                    -0.027220f,
                    -0.025572f,
                    -0.061133f,
                    -0.050564f,
                    -0.026438f,
                    0.003159f,
                    0.008059f
                }),
                0.003);
    }
}

package org.menagerie.plugin.resnet;

import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;

class ResNetContractTest extends ArchitectureContract<ResNet.Config> {
    @Override
    protected Specimen<ResNet.Config> specimen() {
        return new Specimen<>(
                new ResNet(),
                new ResNet.Config(20, 10, 3, 12),
                269_722,
                (size, random) -> Map.of(
                        "image", uniform((SplittableRandom) random, size, 3, 12, 12),
                        "label", Tensor.of(random.longs(size, 0, 10).toArray(), size)),
                Map.of("logits", new float[] {
                    0.922094f,
                    -2.424565f,
                    0.220550f,
                    -1.309288f,
                    -0.679396f,
                    1.810072f,
                    -1.340807f,
                    1.273548f,
                    -0.945605f,
                    0.408863f
                }),
                0.003);
    }
}

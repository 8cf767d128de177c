package org.menagerie.plugin.rcnn;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.Pool;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * ResNet-50 (He 2016) with a feature pyramid (Lin 2017, figure 3) by torchvision's names. Batch normalisation is frozen: its scales
 * and statistics are those of the weights that are read, and no optimizer moves them.
 */
final class ResNetFpn {
    private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);
    private static final int WIDTH = 256;

    private final GraphBuilder g;
    private final double epsilon;

    /** @param epsilon of the frozen batch normalisation */
    ResNetFpn(GraphBuilder g, double epsilon) {
        this.g = g;
        this.epsilon = epsilon;
    }

    /** Five maps of 256 channels. */
    List<Value> maps(Value image) {
        List<Value> stages = stages(image);
        List<Value> maps = new ArrayList<>();
        Value above = null;
        for (int i = stages.size() - 1; i >= 0; i--) {
            Value inner = g.conv("backbone.fpn.inner_blocks.%d.0".formatted(i), stages.get(i), pyramid(1));
            above = above == null ? inner : g.add(inner, twice(above));
            maps.add(0, g.conv("backbone.fpn.layer_blocks.%d.0".formatted(i), above, pyramid(3)));
        }
        maps.add(g.maxPool(maps.get(3), Pool.of(1).stride(2)));
        return maps;
    }

    private static Conv pyramid(int kernel) {
        Conv conv = Conv.kernel(kernel).filters(WIDTH).pad(kernel / 2);
        return conv.init(Initializers.fanInNormal()).biasInit(Initializers.zeros());
    }

    private Value twice(Value x) {
        Attributes nearest = Attributes.of("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        return g.op("Resize", nearest, x, null, g.constant(Tensor.of(new float[] {1, 1, 2, 2}, 4)));
    }

    private List<Value> stages(Value image) {
        Value x = g.relu(frozen("bn1", conv("conv1", image, 7, 64, 2)));
        x = g.maxPool(x, Pool.of(3).stride(2).pad(1));
        List<Value> stages = new ArrayList<>();
        for (int stage = 0; stage < BLOCKS.size(); stage++) {
            for (int block = 0; block < BLOCKS.get(stage); block++) {
                String name = "layer%d.%d".formatted(stage + 1, block);
                x = bottleneck(name, x, 64 << stage, stage > 0 && block == 0 ? 2 : 1);
            }
            stages.add(x);
        }
        return stages;
    }

    private Value bottleneck(String name, Value x, int width, int stride) {
        Value y = g.relu(frozen(name + ".bn1", conv(name + ".conv1", x, 1, width, 1)));
        y = g.relu(frozen(name + ".bn2", conv(name + ".conv2", y, 3, width, stride)));
        y = frozen(name + ".bn3", conv(name + ".conv3", y, 1, 4 * width, 1));
        boolean same = stride == 1 && x.dim(1).is(4L * width);
        Value shortcut =
                same ? x : frozen(name + ".downsample.1", conv(name + ".downsample.0", x, 1, 4 * width, stride));
        return g.relu(g.add(y, shortcut));
    }

    private Value conv(String name, Value x, int kernel, int filters, int stride) {
        Conv conv = Conv.kernel(kernel).filters(filters).stride(stride).pad(kernel / 2);
        return g.conv("backbone.body." + name, x, conv.noBias().init(Initializers.heNormalFanOut()));
    }

    private Value frozen(String name, Value x) {
        TensorType each = TensorType.of(ElementType.FLOAT32, x.dim(1).value());
        String full = "backbone.body." + name;
        Value weight = g.buffer(full + ".weight", each, Initializers.ones());
        Value bias = g.buffer(full + ".bias", each, Initializers.zeros());
        Value mean = g.buffer(full + ".running_mean", each, Initializers.zeros());
        Value variance = g.buffer(full + ".running_var", each, Initializers.ones());
        return g.op("BatchNormalization", Attributes.of("epsilon", epsilon), x, weight, bias, mean, variance);
    }
}

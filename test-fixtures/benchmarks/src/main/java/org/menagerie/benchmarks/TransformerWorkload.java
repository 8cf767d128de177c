package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/**
 * A Transformer encoder layer (Vaswani 2017, section 3.1): eight heads over 64 positions of width 256, a feed-forward
 * layer of width 1024 with ReLU, layer normalisation after each residual sum; trained towards random targets.
 */
final class TransformerWorkload {
    private static final int BATCH = 32;
    private static final int LENGTH = 64;
    private static final int WIDTH = 256;
    private static final int HEADS = 8;

    private TransformerWorkload() {}

    static Workload create() {
        SplittableRandom random = new SplittableRandom(5);
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("x", RandomBatches.normal(random, BATCH, LENGTH, WIDTH));
        batch.put("target", RandomBatches.normal(random, BATCH, LENGTH, WIDTH));
        return new Workload(
                "Transformer encoder layer, width 256, 8 heads, length 64, batch 32",
                TransformerWorkload::objective,
                TransformerWorkload::peer,
                batch);
    }

    private static Value objective(GraphBuilder g) {
        Value x = g.input("x", "f32[N,64,256]");
        Value query = heads(g, g.linear("q", x, WIDTH));
        Value key = heads(g, g.linear("k", x, WIDTH));
        Value value = heads(g, g.linear("v", x, WIDTH));
        Value scores = g.mul(g.matMul(query, false, key, true), 1 / Math.sqrt(WIDTH / (double) HEADS));
        Value context = g.matMul(g.softmax(scores, -1), value);
        Value joined = g.reshape(g.transpose(context, 0, 2, 1, 3), 0, LENGTH, WIDTH);
        Value attended = g.layerNorm("norm1", g.add(x, g.linear("o", joined, WIDTH)));
        Value forward = g.linear("ff2", g.relu(g.linear("ff1", attended, 4 * WIDTH)), WIDTH);
        Value y = g.layerNorm("norm2", g.add(attended, forward));
        return g.meanSquaredError(y, g.input("target", "f32[N,64,256]"));
    }

    private static Value heads(GraphBuilder g, Value x) {
        return g.transpose(g.reshape(x, 0, LENGTH, HEADS, WIDTH / HEADS), 0, 2, 1, 3);
    }

    private static NDArray peer(Map<String, NDArray> parameters, Map<String, NDArray> batch) {
        Torch torch = new Torch(parameters);
        NDArray x = RandomBatches.input(batch, "x");
        NDArray query = heads(torch.linear("q", x));
        NDArray key = heads(torch.linear("k", x));
        NDArray value = heads(torch.linear("v", x));
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).mul(1 / Math.sqrt(WIDTH / (double) HEADS));
        NDArray context = scores.softmax(-1).matMul(value);
        NDArray joined = context.transpose(0, 2, 1, 3).reshape(BATCH, LENGTH, WIDTH);
        NDArray attended = torch.layerNorm("norm1", x.add(torch.linear("o", joined)));
        NDArray forward = torch.linear("ff2", Activation.relu(torch.linear("ff1", attended)));
        NDArray y = torch.layerNorm("norm2", attended.add(forward));
        return y.sub(RandomBatches.input(batch, "target")).square().mean();
    }

    private static NDArray heads(NDArray x) {
        return x.reshape(BATCH, LENGTH, HEADS, WIDTH / HEADS).transpose(0, 2, 1, 3);
    }
}

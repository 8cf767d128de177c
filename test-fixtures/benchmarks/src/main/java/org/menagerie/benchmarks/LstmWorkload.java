package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * An LSTM (Hochreiter 1997, with the forget gate of Gers 2000) of width 256 over 32 steps, trained towards random
 * targets. Parameters have PyTorch's layout, gates in the order i, f, g, o; ONNX wants i, o, f, g.
 */
final class LstmWorkload {
    private static final int LENGTH = 32;
    private static final int BATCH = 64;
    private static final int WIDTH = 256;

    private LstmWorkload() {}

    static Workload create() {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("x", RandomBatches.normal(random, LENGTH, BATCH, WIDTH));
        batch.put("target", RandomBatches.normal(random, LENGTH, BATCH, WIDTH));
        return new Workload("LSTM, width 256, length 32, batch 64", LstmWorkload::objective, LstmWorkload::peer, batch);
    }

    private static Value objective(GraphBuilder g) {
        Value x = g.input("x", "f32[32,N,256]");
        Value w = gates(g, parameter(g, "weight_ih", 4 * WIDTH, WIDTH));
        Value r = gates(g, parameter(g, "weight_hh", 4 * WIDTH, WIDTH));
        Value biases =
                g.concat(0, gates(g, parameter(g, "bias_ih", 4 * WIDTH)), gates(g, parameter(g, "bias_hh", 4 * WIDTH)));
        Value y = g.op(
                "LSTM",
                Attributes.of("hidden_size", WIDTH),
                x,
                g.unsqueeze(w, 0),
                g.unsqueeze(r, 0),
                g.unsqueeze(biases, 0));
        return g.meanSquaredError(g.squeeze(y, 1), g.input("target", "f32[32,N,256]"));
    }

    private static Value parameter(GraphBuilder g, String name, long... dims) {
        return g.parameter(name, TensorType.of(ElementType.FLOAT32, dims), Initializers.fanInUniform(WIDTH));
    }

    private static Value gates(GraphBuilder g, Value parameter) {
        List<Value> parts = g.split(parameter, 0, WIDTH, WIDTH, WIDTH, WIDTH);
        return g.concat(0, parts.get(0), parts.get(3), parts.get(1), parts.get(2));
    }

    private static NDArray peer(Map<String, NDArray> parameters, Map<String, NDArray> batch) {
        Torch torch = new Torch(parameters);
        NDArray x = RandomBatches.input(batch, "x");
        NDArray zeros = x.getManager().zeros(new Shape(1, BATCH, WIDTH), DataType.FLOAT32);
        NDList weights =
                new NDList(torch.get("weight_ih"), torch.get("weight_hh"), torch.get("bias_ih"), torch.get("bias_hh"));
        NDArray y = x.getNDArrayInternal()
                .lstm(x, new NDList(zeros, zeros), weights, true, 1, 0, true, false, false)
                .head();
        return y.sub(RandomBatches.input(batch, "target")).square().mean();
    }
}

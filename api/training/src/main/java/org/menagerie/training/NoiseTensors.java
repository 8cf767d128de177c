package org.menagerie.training;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Noise;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.RandomStreams;

/** Fills a graph's noise inputs: the numbers depend on seed, input and step alone. */
public final class NoiseTensors {
    private final List<Noise> noises;
    private final List<Value> inputs;
    private final RandomStreams random;
    private final BatchMemory memory = new BatchMemory();

    public NoiseTensors(List<Value> inputs, List<Noise> noises, long seed) {
        this.inputs = inputs;
        this.noises = noises;
        this.random = new RandomStreams(seed);
    }

    /** A tensor for each noise input, valid until the next call. */
    public Map<String, Tensor> at(long step, Map<String, Tensor> batch) {
        if (noises.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> symbols = symbols(batch);
        Map<String, Tensor> tensors = new HashMap<>();
        for (Noise noise : noises) {
            TensorType type = noise.value().type();
            long[] dims =
                    type.dims().stream().mapToLong(dim -> dim.evaluate(symbols)).toArray();
            String name = noise.value().name();
            Tensor tensor = memory.tensor(name, type.element(), dims);
            fill(tensor.floats(), noise.distribution(), random.at("noise/" + name, step));
            tensors.put(name, tensor);
        }
        return tensors;
    }

    private Map<String, Long> symbols(Map<String, Tensor> batch) {
        Map<String, Long> symbols = new HashMap<>();
        for (Value input : inputs) {
            Tensor tensor = batch.get(input.name());
            if (tensor != null && tensor.shape().rank() == input.rank()) {
                for (int axis = 0; axis < input.rank(); axis++) {
                    Dim dim = input.dim(axis);
                    if (!dim.isFixed()) {
                        symbols.put(dim.toString(), tensor.shape().dim(axis));
                    }
                }
            }
        }
        return symbols;
    }

    private static void fill(FloatBuffer floats, Noise.Distribution distribution, RandomGenerator random) {
        float[] values = new float[floats.capacity()];
        switch (distribution) {
            case UNIFORM -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextFloat();
                }
            }
            case NORMAL -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
            }
        }
        floats.put(values);
    }
}

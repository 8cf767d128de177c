package org.menagerie.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Initializer;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;

/** Layers: operators together with their parameters, which take PyTorch's names and layouts. */
public interface Layers extends ArithmeticOps, ReductionOps, ShapeOps, LinearOps, ConvolutionOps {
    /** The weight of a new running statistic in batch normalisation. */
    double BATCH_NORM_MOMENTUM = 0.1;

    /** Added to variances before their root. */
    double NORM_EPSILON = 1e-5;

    Value parameter(String name, TensorType type, Initializer initializer);

    Value buffer(String name, TensorType type, Initializer initializer);

    void update(Value buffer, Value newValue);

    Value noise(TensorType type, Noise.Distribution distribution);

    boolean isTraining();

    /** Inside, a parameter or buffer of a name and type that was declared before is that one, used again. */
    <T> T sharing(Supplier<T> content);

    /** A convolution with parameters {@code name.weight [filters, C/groups, kernel...]} and {@code name.bias}. */
    default Value conv(String name, Value x, Conv settings) {
        List<Dim> dims =
                new ArrayList<>(List.of(Dim.of(settings.filters()), x.dim(1).floorDiv(Dim.of(settings.groups()))));
        for (int extent : settings.kernel()) {
            dims.add(Dim.of(extent));
        }
        TensorType type = new TensorType(x.element(), dims);
        Value weight = parameter(name + ".weight", type, settings.initializer());
        long fanIn = type.size(1, type.rank()).value();
        return conv(x, weight, bias(name, x, fanIn, settings), settings);
    }

    /** A transposed convolution with parameters {@code name.weight [C, filters/groups, kernel...]} and {@code name.bias}. */
    default Value convTranspose(String name, Value x, Conv settings) {
        List<Dim> dims = new ArrayList<>(List.of(x.dim(1), Dim.of(settings.filters() / settings.groups())));
        for (int extent : settings.kernel()) {
            dims.add(Dim.of(extent));
        }
        TensorType type = new TensorType(x.element(), dims);
        Value weight = parameter(name + ".weight", type, settings.initializer());
        long fanIn = type.size(1, type.rank()).value();
        return convTranspose(x, weight, bias(name, x, fanIn, settings), settings);
    }

    private @Nullable Value bias(String name, Value x, long fanIn, Conv settings) {
        Initializer own = settings.biasInitializer();
        return settings.bias()
                ? bias(name, x, settings.filters(), own == null ? Initializers.fanInUniform(fanIn) : own)
                : null;
    }

    private Value bias(String name, Value x, long size, Initializer initializer) {
        return parameter(name + ".bias", TensorType.of(x.element(), size), initializer);
    }

    /** A fully connected layer over the last axis, with {@code name.weight [out, in]} and {@code name.bias [out]}. */
    default Value linear(String name, Value x, int out) {
        return linear(name, x, out, true, Initializers.fanInUniform());
    }

    default Value linear(String name, Value x, int out, boolean withBias, Initializer initializer) {
        return linear(
                name,
                x,
                out,
                initializer,
                withBias ? Initializers.fanInUniform(x.dim(-1).value()) : null);
    }

    /**
     * A fully connected layer with initializers of its own.
     *
     * @param biasInitializer how the bias starts, for example {@code Initializers.constant(0.01)}; null for no bias
     */
    default Value linear(
            String name, Value x, int out, Initializer initializer, @Nullable Initializer biasInitializer) {
        Value weight = parameter(
                name + ".weight", TensorType.of(x.element(), out, x.dim(-1).value()), initializer);
        @Nullable Value bias = biasInitializer == null ? null : bias(name, x, out, biasInitializer);
        if (x.rank() == 2) {
            return gemm(x, false, weight, true, bias);
        }
        Value product = matMul(x, transpose(weight, 1, 0));
        return bias == null ? product : add(product, bias);
    }

    /**
     * Batch normalisation over all axes but the second (Ioffe 2015, algorithm 1), with {@code weight}, {@code bias},
     * {@code running_mean} and {@code running_var}. The running variance is the unbiased one, as in PyTorch.
     */
    default Value batchNorm(String name, Value x) {
        TensorType perChannel = new TensorType(x.element(), List.of(x.dim(1)));
        Value weight = parameter(name + ".weight", perChannel, Initializers.ones());
        Value bias = parameter(name + ".bias", perChannel, Initializers.zeros());
        Value runningMean = buffer(name + ".running_mean", perChannel, Initializers.zeros());
        Value runningVar = buffer(name + ".running_var", perChannel, Initializers.ones());
        return batchNorm(x, weight, bias, runningMean, runningVar, NORM_EPSILON);
    }

    /** Batch normalisation with parameters that exist; the running statistics are buffers. */
    default Value batchNorm(Value x, Value weight, Value bias, Value runningMean, Value runningVar, double epsilon) {
        Attributes attributes = Attributes.of("epsilon", epsilon);
        if (!isTraining()) {
            return op("BatchNormalization", attributes, x, weight, bias, runningMean, runningVar);
        }
        if (x.type().size().floorDiv(x.dim(1)).is(1)) {
            throw new GraphException(
                    "Batch normalisation of '%s' has one element a channel, which has no variance; normalise before the last axis goes, or by layers"
                            .formatted(x));
        }
        Attributes training = attributes.with("momentum", 0f).with("training_mode", true);
        // ONNX Runtime writes the batch's statistics over the operands that hold the running ones, even over a graph's
        // input. With momentum 0 their values do not matter, so it is given zeros of its own to write over.
        List<Value> outputs =
                ops("BatchNormalization", training, 3, x, weight, bias, mul(runningMean, 0), mul(runningVar, 0));
        int[] axes = java.util.stream.IntStream.range(0, x.rank())
                .filter(i -> i != 1)
                .toArray();
        Value count = count(x, x.element(), axes);
        Value unbiased = mul(outputs.get(2), div(count, add(count, -1)));
        update(runningMean, moved(runningMean, outputs.get(1)));
        update(runningVar, moved(runningVar, unbiased));
        return outputs.get(0);
    }

    private Value moved(Value running, Value batch) {
        return add(mul(running, 1 - BATCH_NORM_MOMENTUM), mul(batch, BATCH_NORM_MOMENTUM));
    }

    /** Layer normalisation over the last axis (Ba 2016), with {@code name.weight} and {@code name.bias}. */
    default Value layerNorm(String name, Value x) {
        return layerNorm(name, x, NORM_EPSILON);
    }

    /**
     * Layer normalisation over the last axis.
     *
     * @param epsilon added to variances before their root
     */
    default Value layerNorm(String name, Value x, double epsilon) {
        TensorType type = new TensorType(x.element(), List.of(x.dim(-1)));
        Value weight = parameter(name + ".weight", type, Initializers.ones());
        Value bias = parameter(name + ".bias", type, Initializers.zeros());
        return op("LayerNormalization", Attributes.of("axis", -1).with("epsilon", epsilon), x, weight, bias);
    }

    /**
     * Group normalisation (Wu 2018): channels in groups, each group of an example normalised over its channels and all
     * spatial axes, then scaled a channel with {@code name.weight} and {@code name.bias}.
     */
    default Value groupNorm(String name, Value x, int groups) {
        long channels = x.dim(1).value();
        if (groups < 1 || channels % groups != 0) {
            throw new GraphException(
                    "'%s' cannot normalise %d channels in %d groups".formatted(name, channels, groups));
        }
        Value grouped = reshape(x, 0, groups, -1);
        Value centred = sub(grouped, meanKeep(grouped, 2));
        Value variance = meanKeep(square(centred), 2);
        Value normal = reshapeLike(div(centred, sqrt(add(variance, NORM_EPSILON))), x);
        TensorType perChannel = TensorType.of(x.element(), channels);
        Value weight = along(parameter(name + ".weight", perChannel, Initializers.ones()), 0, x.rank() - 1);
        Value bias = along(parameter(name + ".bias", perChannel, Initializers.zeros()), 0, x.rank() - 1);
        return add(mul(normal, weight), bias);
    }

    /**
     * Local response normalisation (Krizhevsky 2012, section 3.3): x/(bias + alpha/size·S)^beta, where S is the sum of
     * squares over {@code size} neighbouring channels. As in ONNX and PyTorch, alpha is divided by the size; the paper's
     * is not.
     *
     * @param size the number of channels, an odd one: the channel itself in the middle
     */
    default Value lrn(Value x, int size, double alpha, double beta, double bias) {
        if (size < 1 || size % 2 == 0) {
            throw new GraphException("Local response normalisation needs an odd number of channels; found " + size);
        }
        Attributes attributes = Attributes.of("size", size).with("alpha", alpha);
        return op("LRN", attributes.with("beta", beta).with("bias", bias), x);
    }

    /** Rows of {@code name.weight [entries, width]} by index. */
    default Value embedding(String name, Value indices, int entries, int width) {
        return embedding(name, indices, entries, width, Initializers.normal(0, 1));
    }

    default Value embedding(String name, Value indices, int entries, int width, Initializer initializer) {
        Value weight = parameter(name + ".weight", TensorType.of(ElementType.FLOAT32, entries, width), initializer);
        return gather(weight, indices, 0);
    }

    /**
     * Inverted dropout (Srivastava 2014, section 10): in training each element becomes zero with a probability and the
     * others grow by 1/(1 - probability); in inference the input itself.
     */
    default Value dropout(Value x, double probability) {
        if (probability < 0 || probability >= 1) {
            throw new GraphException("Dropout needs a probability in [0, 1); found " + probability);
        }
        if (!isTraining() || probability == 0) {
            return x;
        }
        Value uniform = noise(x.type().withElement(ElementType.FLOAT32), Noise.Distribution.UNIFORM);
        Value kept = cast(greaterOrEqual(uniform, scalar(ElementType.FLOAT32, probability)), x.element());
        return mul(x, mul(kept, 1 / (1 - probability)));
    }
}

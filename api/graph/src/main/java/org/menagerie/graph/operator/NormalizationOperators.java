package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;

/** Normalisation and dropout. */
final class NormalizationOperators {
    private NormalizationOperators() {}

    static List<Operator> all() {
        return List.of(
                operator(
                        "BatchNormalization",
                        5,
                        5,
                        "epsilon:float momentum:float training_mode:int",
                        NormalizationOperators::batchNormalization),
                operator("InstanceNormalization", 3, 3, "epsilon:float", ElementwiseOperators::same),
                operator(
                        "LayerNormalization",
                        2,
                        3,
                        "axis:int epsilon:float stash_type:int",
                        NormalizationOperators::layerNormalization),
                operator("SkipLayerNormalization", 3, 5, "epsilon:float", ElementwiseOperators::same)
                        .in("com.microsoft"),
                operator("MeanVarianceNormalization", 1, 1, "axes:ints", ElementwiseOperators::same),
                operator("LpNormalization", 1, 1, "axis:int p:int", ElementwiseOperators::same),
                operator(
                        "Dropout",
                        1,
                        3,
                        "seed:int",
                        call -> List.of(call.type(0), call.type(0).withElement(ElementType.BOOL))));
    }

    private static List<TensorType> batchNormalization(Call call) {
        TensorType x = call.type(0);
        Dim channels = x.dim(1);
        for (int i = 1; i < 5; i++) {
            call.requireEqual(
                    channels, call.requireRank(i, 1).dim(0), "input " + i + " must have one element a channel");
        }
        return List.of(x, call.type(3), call.type(4));
    }

    private static List<TensorType> layerNormalization(Call call) {
        TensorType x = call.type(0);
        int axis = call.axis("axis", -1, x.rank());
        List<Dim> dims = new ArrayList<>(x.dims());
        for (int i = axis; i < x.rank(); i++) {
            dims.set(i, Dim.of(1));
        }
        TensorType statistics = new TensorType(ElementType.FLOAT32, dims);
        return List.of(x, statistics, statistics);
    }
}

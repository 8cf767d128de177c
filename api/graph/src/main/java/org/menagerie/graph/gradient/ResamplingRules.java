package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;
import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/**
 * Resampling over spatial axes. Each axis is resampled by a matrix of its own, and the operator itself, applied to unit
 * vectors, gives that matrix: every mode and coordinate transform is followed to the letter.
 */
final class ResamplingRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Resize", Rule.of(ResamplingRules::resize)), entry("RoiAlign", Rule.of(ResamplingRules::roiAlign)));

    private ResamplingRules() {}

    /** y = A₁ ⊗ A₂ ⊗ … x, so dx = A₁ᵀ ⊗ A₂ᵀ ⊗ … dy, an axis at a time. */
    private static List<@Nullable Value> resize(GraphBuilder g, Node n, Value dy) {
        if (n.attributes()
                .getText("coordinate_transformation_mode", "half_pixel")
                .equals("tf_crop_and_resize")) {
            throw new GraphException(n + ": no gradient for tf_crop_and_resize; crop with Slice, then resize");
        }
        Value gradient = dy;
        for (int axis = dy.rank() - 1; axis >= 0; axis--) {
            if (!untouched(n, axis)) {
                gradient = contracted(g, gradient, interpolation(g, n, axis), axis);
            }
        }
        return grads(gradient, null, null, null);
    }

    private static boolean untouched(Node n, int axis) {
        boolean scaledByOne = n.has(2)
                && n.in(2)
                        .constant()
                        .filter(scales ->
                                scales.size() > axis && scales.floats().get(axis) == 1)
                        .isPresent();
        return scaledByOne || (n.has(3) && n.in(0).dim(axis).equals(n.out().dim(axis)));
    }

    /** Aᵀ [in, out] of an axis: the unit vectors of its extent, resized. */
    private static Value interpolation(GraphBuilder g, Node n, int axis) {
        Value extent = g.reshape(g.extent(n.in(0), axis), 1);
        Value zeros = g.expand(g.scalar(FLOAT32, 0), g.concat(0, extent, extent));
        Value units = g.op("EyeLike", zeros);
        if (n.has(3)) {
            Value size = g.slice(n.in(3), 0, axis, axis + 1);
            return g.op("Resize", n.attributes(), units, null, null, g.concat(0, extent, size));
        }
        Value scales = n.in(2)
                .constant()
                .map(known ->
                        g.constant(Tensor.of(new float[] {1, known.floats().get(axis)}, 2)))
                .orElseGet(() ->
                        g.concat(0, g.constant(Tensor.of(new float[] {1}, 1)), g.slice(n.in(2), 0, axis, axis + 1)));
        return g.op("Resize", n.attributes(), units, null, scales);
    }

    /** Σ over an axis of dy with the columns of Aᵀ. */
    private static Value contracted(GraphBuilder g, Value dy, Value transposed, int axis) {
        int rank = dy.rank();
        Value matrix = g.cast(transposed, dy.element());
        if (axis == rank - 1) {
            return g.matMul(dy, false, matrix, true);
        }
        if (axis == rank - 2) {
            return g.matMul(matrix, dy);
        }
        int[] exchange = IntStream.range(0, rank)
                .map(i -> i == axis ? rank - 1 : i == rank - 1 ? axis : i)
                .toArray();
        return g.transpose(g.matMul(g.transpose(dy, exchange), false, matrix, true), exchange);
    }

    /**
     * With averages, every region's samples are a grid: y[r] = A[r]·x[batch r]·B[r]ᵀ with one matrix for rows and one for
     * columns. So dx[b] is the sum over b's regions of A[r]ᵀ·dy[r]·B[r]. The regions themselves get no gradient.
     */
    private static List<@Nullable Value> roiAlign(GraphBuilder g, Node n, Value dy) {
        if (!n.attributes().getText("mode", "avg").equals("avg")) {
            throw new GraphException(n + ": no gradient for mode 'max'; 'avg' has one");
        }
        Value x = n.in(0);
        Value rows = sampling(g, n, 2);
        Value columns = sampling(g, n, 3);
        Value regions = g.matMul(g.matMul(g.unsqueeze(rows, 1), true, dy, false), g.unsqueeze(columns, 1));
        Value sum = IndexingRules.addedAt(g, regions, n.in(2), g.shapeOf(x), 4, 0);
        return grads(sum, null, null);
    }

    /**
     * The matrix [regions, out, in] of an axis: regions of an image whose channel c is 1 on line c alone, each one
     * pixel wide along the other axis.
     */
    private static Value sampling(GraphBuilder g, Node n, int axis) {
        boolean rows = axis == 2;
        Value x = n.in(0);
        double scale = n.attributes().getFloat("spatial_scale", 1);
        Value extent = g.reshape(g.extent(x, axis), 1);
        Value zeros = g.expand(g.scalar(FLOAT32, 0), g.concat(0, extent, extent));
        Value lines = g.unsqueeze(g.op("EyeLike", zeros), rows ? new long[] {0, 3} : new long[] {0, 2});
        Value two = g.longs(2);
        Value images = g.expand(
                g.cast(lines, x.element()),
                rows ? g.concat(0, g.longs(1), extent, extent, two) : g.concat(0, g.longs(1), extent, two, extent));
        Value corner = g.slice(n.in(1), 1, 0, 1);
        Value zero = g.mul(corner, 0);
        Value pixel = g.add(zero, 1 / scale);
        List<Value> box = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean along = rows == (i % 2 == 1);
            box.add(along ? g.slice(n.in(1), 1, i, i + 1) : i < 2 ? zero : pixel);
        }
        Attributes attributes = n.attributes().with(rows ? "output_width" : "output_height", 1);
        Value first = g.mul(n.in(2), g.scalar(INT64, 0));
        Value lined = g.op("RoiAlign", attributes, images, g.concat(1, box), first);
        return g.transpose(g.squeeze(lined, rows ? 3 : 2), 0, 2, 1);
    }
}

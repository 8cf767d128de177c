package org.menagerie.graph;

import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Boxes and regions of pictures, as detectors need them. Boxes are left, top, right, bottom along the last axis. Every picture
 * of a batch has a fixed number of rows; rows that hold nothing have weight 0.
 */
public interface RegionOps extends ArithmeticOps, ReductionOps, ShapeOps, LinearOps {
    /** The natural logarithm of the largest factor by which {@link #boxesFrom} enlarges a side: 1000/16. */
    double MOST_GROWTH = Math.log(1000.0 / 16);

    Value noise(TensorType type, Noise.Distribution distribution);

    boolean isTraining();

    /**
     * The boxes that slide over a map (Ren 2015, section 3.1.1), f32 {@code [rows*columns*ratios*sizes, 4]}: for each place
     * of the map, in reading order, one of each ratio and size, ratios first, about the place's corner as in torchvision,
     * with corners rounded to whole pixels.
     *
     * @param stride pixels between places
     * @param sizes the roots of areas, in pixels
     * @param ratios heights divided by widths
     */
    default Value anchors(int rows, int columns, int stride, List<Integer> sizes, List<Double> ratios) {
        float[] boxes = new float[rows * columns * ratios.size() * sizes.size() * 4];
        int at = 0;
        for (int place = 0; place < rows * columns; place++) {
            int x = place % columns * stride;
            int y = place / columns * stride;
            for (double ratio : ratios) {
                for (int size : sizes) {
                    float right = (float) Math.rint(size / Math.sqrt(ratio) / 2);
                    float bottom = (float) Math.rint(size * Math.sqrt(ratio) / 2);
                    boxes[at++] = x - right;
                    boxes[at++] = y - bottom;
                    boxes[at++] = x + right;
                    boxes[at++] = y + bottom;
                }
            }
        }
        return constant(Tensor.of(boxes, boxes.length / 4, 4));
    }

    /** One coordinate of boxes, 0 to 3, without the last axis. */
    default Value coordinate(Value boxes, int index) {
        return squeeze(slice(boxes, -1, index, index + 1), -1);
    }

    /** Intersection over union of boxes {@code [N,A,4]} with boxes {@code [N,B,4]}: {@code [N,A,B]}; 0 without area. */
    default Value iou(Value a, Value b) {
        Value left = unsqueeze(a, 2);
        Value right = unsqueeze(b, 1);
        Value low = max(slice(left, -1, 0, 2), slice(right, -1, 0, 2));
        Value high = min(slice(left, -1, 2, 4), slice(right, -1, 2, 4));
        Value both = area(max(sub(high, low), scalar(a.element(), 0)));
        Value union = sub(add(area(sides(left)), area(sides(right))), both);
        return div(both, max(union, scalar(a.element(), 1e-9)));
    }

    /** Width and height of boxes, {@code [..., 2]}. */
    default Value sides(Value boxes) {
        return sub(slice(boxes, -1, 2, 4), slice(boxes, -1, 0, 2));
    }

    private Value area(Value sides) {
        return mul(coordinate(sides, 0), coordinate(sides, 1));
    }

    /** The centres of boxes, {@code [..., 2]}. */
    private Value centres(Value boxes) {
        return mul(add(slice(boxes, -1, 0, 2), slice(boxes, -1, 2, 4)), 0.5);
    }

    /**
     * Returns the numbers that move reference boxes onto others (Girshick 2014, appendix C): the centres' offsets in units of
     * the reference's sides, then the logarithms of the sides' quotients.
     *
     * @param placeWeight multiplies the offsets
     * @param sizeWeight multiplies the logarithms
     */
    default Value boxDeltas(Value boxes, Value references, double placeWeight, double sizeWeight) {
        Value unit = sides(references);
        Value offset = div(sub(centres(boxes), centres(references)), unit);
        return concat(-1, mul(offset, placeWeight), mul(log(div(sides(boxes), unit)), sizeWeight));
    }

    /** The opposite of {@link #boxDeltas}; no side grows by more than {@link #MOST_GROWTH} says. */
    default Value boxesFrom(Value deltas, Value references, double placeWeight, double sizeWeight) {
        Value unit = sides(references);
        Value centre = add(mul(mul(slice(deltas, -1, 0, 2), 1 / placeWeight), unit), centres(references));
        Value growth = min(mul(slice(deltas, -1, 2, 4), 1 / sizeWeight), scalar(deltas.element(), MOST_GROWTH));
        Value half = mul(mul(exp(growth), unit), 0.5);
        return concat(-1, sub(centre, half), add(centre, half));
    }

    /** The rows of {@code x [N,K,...]} at indices i64 {@code [N,P]}: {@code [N,P,...]}. */
    default Value rowsAt(Value x, Value indices) {
        return op("GatherND", Attributes.of("batch_dims", 1), x, unsqueeze(indices, 2));
    }

    /**
     * Non-maximum suppression in each row of a batch: 1 for boxes that stay, 0 for those that overlap a better one by more than
     * {@code iou} or that score no more than {@code threshold}. No gradient passes.
     *
     * @param boxes {@code [N,K,4]}
     * @param scores {@code [N,K]}
     * @return f32 {@code [N,K]}
     */
    default Value nms(Value boxes, Value scores, double iou, double threshold) {
        Value all = unsqueeze(extent(scores, 1), 0);
        Value limit = constant(Tensor.of(new float[] {(float) iou}, 1));
        Value least = constant(Tensor.of(new float[] {(float) threshold}, 1));
        Value chosen = op("NonMaxSuppression", boxes, unsqueeze(scores, 1), all, limit, least);
        Value rowAndBox = concat(1, slice(chosen, 1, 0, 1), slice(chosen, 1, 2, 3));
        Value ones = fullLike(cast(coordinate(chosen, 0), ElementType.FLOAT32), 1);
        return op("ScatterND", fullLike(scores, 0), rowAndBox, ones);
    }

    /**
     * Rows drawn for a loss.
     *
     * @param index their numbers, i64 {@code [N,S]}
     * @param positive 1 where the row is a positive one, f32 {@code [N,S]}
     * @param chosen 1 where a row was drawn, 0 where there were too few
     */
    record Sample(Value index, Value positive, Value chosen) {}

    /**
     * Draws rows at random, positive ones up to a number and negative ones in the rest. Which ones follows from noise in
     * training; in inference, which measures a loss, always the same are drawn.
     *
     * @param positive 1 or 0, f32 {@code [N,K]}
     * @param negative 1 or 0, f32 {@code [N,K]}, never together with positive
     * @param most how many rows to draw; all if there are fewer
     * @param mostPositive how many of them may be positive
     */
    default Sample sample(Value positive, Value negative, int most, int mostPositive) {
        Value chance = add(chances(positive), 1);
        Value marked = mul(positive, chance);
        Value least = reduce("ReduceMin", largest(marked, mostPositive).get(0), true, 1);
        Value kept = mul(positive, cast(greaterOrEqual(marked, least), ElementType.FLOAT32));
        List<Value> drawn = largest(add(mul(kept, 4), mul(negative, chance)), most);
        return new Sample(drawn.get(1), above(drawn.get(0), 3), above(drawn.get(0), 0));
    }

    /** The largest elements of each row, at most as many as there are. */
    default List<Value> largest(Value x, int most) {
        if (x.dim(1).isFixed()) {
            return topK(x, (int) Math.min(most, x.dim(1).value()), 1);
        }
        Value count = min(unsqueeze(extent(x, 1), 0), longs(most));
        return ops("TopK", Attributes.of("axis", 1), 2, x, count);
    }

    /** Random numbers on [0, 1), or outside training multiples of the golden ratio. */
    private Value chances(Value like) {
        if (isTraining()) {
            return noise(like.type(), Noise.Distribution.UNIFORM);
        }
        Value steps = mul(cumSum(fullLike(like, 1), 1), (Math.sqrt(5) - 1) / 2);
        return sub(steps, floor(steps));
    }

    /** 1 where elements are larger than a number, else 0. */
    default Value above(Value x, double limit) {
        return cast(greater(x, scalar(x.element(), limit)), ElementType.FLOAT32);
    }

    /**
     * Regions cut out of maps, resampled to one size (He 2017, section 3: RoIAlign without the shift by half a pixel, as
     * torchvision's detectors have it). In training it is two matrix products a region, which have a fast gradient; regions
     * get none.
     *
     * @param x {@code [N,C,H,W]} with known extents of the map
     * @param regions {@code [N,P,4]}, in pixels
     * @param size rows and columns of the result
     * @param samples points along each side of a cell, whose mean the cell is
     * @param scale the map's extents divided by the picture's
     * @return {@code [N*P,C,size,size]}
     */
    default Value roiAlign(Value x, Value regions, int size, int samples, double scale) {
        if (!isTraining()) {
            Attributes attributes = Attributes.of("coordinate_transformation_mode", "output_half_pixel")
                    .with("output_height", size)
                    .with("output_width", size)
                    .with("sampling_ratio", samples)
                    .with("spatial_scale", scale);
            return op("RoiAlign", attributes, x, reshape(regions, -1, 4), pictureOf(regions));
        }
        long channels = x.dim(1).value();
        int height = Math.toIntExact(x.dim(2).value());
        int width = Math.toIntExact(x.dim(3).value());
        Value rows = sampling(regions, 1, size, samples, scale, height);
        Value columns = sampling(regions, 0, size, samples, scale, width);
        Value lines = reshape(transpose(x, 0, 2, 3, 1), 0, height, width * channels);
        Value cut = matMul(reshape(rows, 0, -1, height), lines);
        Value byRegion = reshape(cut, -1, size, width, channels);
        Value cells = matMul(unsqueeze(reshape(columns, -1, size, width), 1), byRegion);
        return transpose(cells, 0, 3, 1, 2);
    }

    /** The picture that each region is in, i64 {@code [N*P]}. */
    private Value pictureOf(Value regions) {
        Value ones = fullLike(coordinate(regions, 0), 1);
        return reshape(cast(add(cumSum(ones, 0), -1), ElementType.INT64), -1);
    }

    /** The weight of each line of a map in each row of the regions' cells, {@code [N,P,size,extent]}. */
    private Value sampling(Value regions, int axis, int size, int samples, double scale, int extent) {
        Value start = mul(slice(regions, -1, axis, axis + 1), scale);
        Value length =
                max(sub(mul(slice(regions, -1, axis + 2, axis + 3), scale), start), scalar(regions.element(), 1));
        float[] fractions = new float[size * samples];
        for (int i = 0; i < fractions.length; i++) {
            fractions[i] = (i + .5f) / fractions.length;
        }
        float[] places = new float[extent];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        Value point = add(start, mul(length, constant(Tensor.of(fractions, fractions.length))));
        Value inside = and(
                greaterOrEqual(point, scalar(point.element(), -1)),
                lessOrEqual(point, scalar(point.element(), extent)));
        Value distance = abs(sub(unsqueeze(clip(point, 0, extent - 1), 3), constant(Tensor.of(places, places.length))));
        Value weight = max(sub(1, distance), scalar(point.element(), 0));
        Value counted = mul(weight, unsqueeze(cast(inside, point.element()), 3));
        return mean(reshape(counted, 0, 0, size, samples, extent), 3);
    }

    /**
     * Regions cut out of maps as the largest elements of cells that are whole places (Girshick 2015, section 2.1: RoI pooling);
     * cells outside the map are 0. Regions get no gradient. Memory grows with the map: a place of every cell is looked up.
     *
     * @param x {@code [N,C,H,W]} with known extents of the map
     * @param regions {@code [N,P,4]}, in pixels
     * @return {@code [N*P,C,size,size]}
     */
    default Value roiMaxPool(Value x, Value regions, int size, double scale) {
        long channels = x.dim(1).value();
        int height = Math.toIntExact(x.dim(2).value());
        int width = Math.toIntExact(x.dim(3).value());
        Lines rows = lines(regions, 1, size, scale, height);
        Lines columns = lines(regions, 0, size, scale, width);
        Value places = add(
                mul(unsqueeze(rows.index(), 4, 5), scalar(ElementType.FLOAT32, width)),
                unsqueeze(columns.index(), 2, 3));
        Value byPlace = reshape(transpose(x, 0, 2, 3, 1), 0, (long) height * width, channels);
        Value elements = rowsAt(byPlace, cast(reshape(places, 0, -1), ElementType.INT64));
        Value cells = reshape(elements, -1, size, rows.each(), size, columns.each(), channels);
        Value filled = mul(reshape(rows.filled(), -1, size, 1, 1), reshape(columns.filled(), -1, 1, size, 1));
        return transpose(mul(maxOver(cells, 2, 4), filled), 0, 3, 1, 2);
    }

    /**
     * The lines of a map in the cells of regions.
     *
     * @param index {@code [N,P,size,each]}; the last one is repeated where a cell has fewer
     * @param filled 1 where a cell has lines, 0 where it lies outside, {@code [N,P,size]}
     */
    record Lines(Value index, Value filled, int each) {}

    private Lines lines(Value regions, int axis, int size, double scale, int extent) {
        Value half = scalar(ElementType.FLOAT32, .5);
        Value first = floor(add(mul(slice(regions, -1, axis, axis + 1), scale), half));
        Value last = floor(add(mul(slice(regions, -1, axis + 2, axis + 3), scale), half));
        Value step = mul(max(add(sub(last, first), 1), scalar(ElementType.FLOAT32, 1)), 1.0 / size);
        float[] numbers = new float[size];
        float[] after = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i;
            after[i] = i + 1;
        }
        Value start = clip(add(floor(mul(step, constant(Tensor.of(numbers, size)))), first), 0, extent);
        Value end = clip(add(op("Ceil", mul(step, constant(Tensor.of(after, size)))), first), 0, extent);
        int each = extent / size + 3;
        float[] offsets = new float[each];
        for (int i = 0; i < each; i++) {
            offsets[i] = i;
        }
        Value index = min(add(unsqueeze(start, 3), constant(Tensor.of(offsets, each))), unsqueeze(add(end, -1), 3));
        return new Lines(clip(index, 0, extent - 1), above(sub(end, start), 0), each);
    }
}

package org.menagerie.graph.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;

/**
 * A sliding window over the spatial axes, as the attributes of convolutions and pools describe it.
 *
 * @param kernel extent of the window along each axis
 * @param strides steps of the window
 * @param dilations distance of its taps
 * @param pads padding at the start of each axis, then at the end of each
 * @param autoPad {@code NOTSET}, {@code VALID}, {@code SAME_UPPER} or {@code SAME_LOWER}
 * @param ceil whether a last, partly outside window counts
 */
public record Window(long[] kernel, long[] strides, long[] dilations, long[] pads, String autoPad, boolean ceil) {
    /** The window of attributes, where {@code kernel} stands in for an absent {@code kernel_shape}. */
    public static Window of(Attributes attributes, long[] kernel) {
        int axes = kernel.length;
        return new Window(
                attributes.getInts("kernel_shape", kernel),
                attributes.getInts("strides", filled(axes, 1)),
                attributes.getInts("dilations", filled(axes, 1)),
                attributes.getInts("pads", filled(2 * axes, 0)),
                attributes.getText("auto_pad", "NOTSET"),
                attributes.getFlag("ceil_mode"));
    }

    private static long[] filled(int n, long value) {
        long[] values = new long[n];
        Arrays.fill(values, value);
        return values;
    }

    public int axes() {
        return kernel.length;
    }

    /** The extent that the dilated window covers along an axis. */
    public long span(int axis) {
        return (kernel[axis] - 1) * dilations[axis] + 1;
    }

    /** True if every element of the input belongs to at most one window. */
    public boolean isDisjoint() {
        return Arrays.equals(kernel, strides)
                && Arrays.stream(pads).allMatch(pad -> pad == 0)
                && Arrays.stream(dilations).allMatch(dilation -> dilation == 1)
                && !ceil
                && autoPad.equals("NOTSET");
    }

    /** True if disjoint windows leave no rest of an input {@code [N, C, spatial...]}; unknown extents may. */
    public boolean fills(List<Dim> dims) {
        return IntStream.range(0, axes())
                .allMatch(axis ->
                        dims.get(axis + 2).isFixed() && dims.get(axis + 2).value() % kernel[axis] == 0);
    }

    /** The number of windows along each axis of an input. */
    List<Dim> slide(Call call, List<Dim> spatial) {
        if (spatial.size() != axes() || strides.length != axes() || pads.length != 2 * axes()) {
            throw call.fail("window %s does not fit %d spatial axes", Arrays.toString(kernel), spatial.size());
        }
        List<Dim> result = new ArrayList<>();
        for (int axis = 0; axis < axes(); axis++) {
            Dim extent = spatial.get(axis);
            long stride = strides[axis];
            Dim windows = switch (autoPad) {
                case "SAME_UPPER", "SAME_LOWER" -> extent.plus(stride - 1).floorDiv(Dim.of(stride));
                case "VALID" -> extent.plus(stride - span(axis)).floorDiv(Dim.of(stride));
                default -> padded(axis, extent);
            };
            if (windows.isFixed() && windows.value() < 1) {
                throw call.fail("window of %d does not fit into extent %s", span(axis), extent);
            }
            result.add(windows);
        }
        return result;
    }

    private Dim padded(int axis, Dim extent) {
        long stride = strides[axis];
        Dim room = extent.plus(pads[axis] + pads[axis + axes()] - span(axis));
        if (!ceil) {
            return room.floorDiv(Dim.of(stride)).plus(1);
        }
        Dim windows = room.plus(stride - 1).floorDiv(Dim.of(stride)).plus(1);
        if (windows.isFixed() && extent.isFixed() && (windows.value() - 1) * stride >= extent.value() + pads[axis]) {
            return windows.plus(-1);
        }
        return windows;
    }

    /** The padding as numbers, with {@code SAME} resolved for a fixed input. */
    public long[] padsFor(List<Dim> spatial) {
        if (!autoPad.startsWith("SAME")) {
            return pads.clone();
        }
        long[] resolved = new long[2 * axes()];
        for (int axis = 0; axis < axes(); axis++) {
            long extent = spatial.get(axis).value();
            long windows = Math.floorDiv(extent + strides[axis] - 1, strides[axis]);
            long total = Math.max(0, (windows - 1) * strides[axis] + span(axis) - extent);
            long small = total / 2;
            boolean upper = autoPad.equals("SAME_UPPER");
            resolved[axis] = upper ? small : total - small;
            resolved[axis + axes()] = upper ? total - small : small;
        }
        return resolved;
    }
}

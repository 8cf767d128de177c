package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;

/** Convolutions, pools and resampling over {@code [N, C, spatial...]}. */
final class ConvolutionOperators {
    private static final String WINDOW = "auto_pad:text dilations:ints kernel_shape:ints pads:ints strides:ints ";

    private ConvolutionOperators() {}

    static List<Operator> all() {
        return List.of(
                operator("Conv", 2, 3, WINDOW + "group:int", ConvolutionOperators::conv),
                operator(
                        "ConvTranspose",
                        2,
                        3,
                        WINDOW + "group:int output_padding:ints output_shape:ints",
                        ConvolutionOperators::convTranspose),
                operator("MaxPool", 1, 1, WINDOW + "ceil_mode:int storage_order:int", ConvolutionOperators::maxPool),
                operator(
                        "AveragePool",
                        1,
                        1,
                        WINDOW + "ceil_mode:int count_include_pad:int",
                        ConvolutionOperators::pool),
                operator("LpPool", 1, 1, WINDOW + "p:int", ConvolutionOperators::pool),
                operator("GlobalAveragePool", 1, 1, "", ConvolutionOperators::globalPool),
                operator("GlobalMaxPool", 1, 1, "", ConvolutionOperators::globalPool),
                operator(
                        "MaxUnpool", 2, 3, "kernel_shape:ints pads:ints strides:ints", ConvolutionOperators::maxUnpool),
                operator("LRN", 1, 1, "alpha:float beta:float bias:float size:int", ElementwiseOperators::same),
                operator(
                        "RoiAlign",
                        3,
                        3,
                        "coordinate_transformation_mode:text mode:text output_height:int output_width:int "
                                + "sampling_ratio:int spatial_scale:float",
                        ConvolutionOperators::roiAlign),
                operator(
                        "GridSample",
                        2,
                        2,
                        "align_corners:int mode:text padding_mode:text",
                        call -> List.of(call.type(0)
                                .withDims(List.of(
                                        call.type(0).dim(0),
                                        call.type(0).dim(1),
                                        call.type(1).dim(1),
                                        call.type(1).dim(2))))),
                operator(
                        "Resize",
                        1,
                        4,
                        "coordinate_transformation_mode:text cubic_coeff_a:float exclude_outside:int "
                                + "extrapolation_value:float mode:text nearest_mode:text",
                        ConvolutionOperators::resize));
    }

    private static List<Dim> spatial(TensorType type) {
        return type.dims().subList(2, type.rank());
    }

    private static long[] kernelOf(Call call) {
        if (call.attributes().has("kernel_shape")) {
            return call.attributes().getInts("kernel_shape");
        }
        return spatial(call.type(1)).stream().mapToLong(Dim::value).toArray();
    }

    private static List<TensorType> conv(Call call) {
        TensorType x = call.type(0);
        TensorType weight = call.requireRank(1, x.rank());
        long group = call.attributes().getInt("group", 1);
        call.requireEqual(
                weight.dim(1).times(group), x.dim(1), "input channels must be weight's second extent x group");
        if (weight.dim(0).isFixed() && weight.dim(0).value() % group != 0) {
            throw call.fail("output channels %s must be a multiple of group %d", weight.dim(0), group);
        }
        if (call.has(2)) {
            call.requireEqual(weight.dim(0), call.requireRank(2, 1).dim(0), "bias must have one element a channel");
        }
        List<Dim> dims = new ArrayList<>(List.of(x.dim(0), weight.dim(0)));
        dims.addAll(Window.of(call.attributes(), kernelOf(call)).slide(call, spatial(x)));
        return List.of(x.withDims(dims));
    }

    private static List<TensorType> convTranspose(Call call) {
        TensorType x = call.type(0);
        TensorType weight = call.requireRank(1, x.rank());
        call.requireEqual(weight.dim(0), x.dim(1), "input channels must be weight's first extent");
        long group = call.attributes().getInt("group", 1);
        Window window = Window.of(call.attributes(), kernelOf(call));
        long[] outputPadding = call.attributes().getInts("output_padding", new long[window.axes()]);
        long[] outputShape = call.attributes().getInts("output_shape");
        List<Dim> dims = new ArrayList<>(List.of(x.dim(0), weight.dim(1).times(group)));
        for (int axis = 0; axis < window.axes(); axis++) {
            Dim extent = spatial(x).get(axis);
            if (outputShape.length > 0) {
                dims.add(Dim.of(outputShape[axis]));
            } else if (window.autoPad().startsWith("SAME")) {
                dims.add(extent.times(window.strides()[axis]));
            } else {
                dims.add(extent.plus(-1)
                        .times(window.strides()[axis])
                        .plus(outputPadding[axis] + window.span(axis))
                        .plus(-window.pads()[axis] - window.pads()[axis + window.axes()]));
            }
        }
        return List.of(x.withDims(dims));
    }

    private static List<TensorType> pool(Call call) {
        TensorType x = call.type(0);
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, 2));
        dims.addAll(Window.of(call.attributes(), call.attributes().getInts("kernel_shape"))
                .slide(call, spatial(x)));
        return List.of(x.withDims(dims));
    }

    private static List<TensorType> maxPool(Call call) {
        TensorType pooled = pool(call).get(0);
        return List.of(pooled, pooled.withElement(ElementType.INT64));
    }

    private static List<TensorType> globalPool(Call call) {
        TensorType x = call.type(0);
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, 2));
        spatial(x).forEach(dim -> dims.add(Dim.of(1)));
        return List.of(x.withDims(dims));
    }

    private static List<TensorType> maxUnpool(Call call) {
        TensorType x = call.type(0);
        if (call.has(2)) {
            return List.of(x.withDims(call.contents(2)
                    .orElseGet(() ->
                            x.dims().stream().map(dim -> call.unknownDim()).toList())));
        }
        Window window = Window.of(call.attributes(), call.attributes().getInts("kernel_shape"));
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, 2));
        for (int axis = 0; axis < window.axes(); axis++) {
            dims.add(spatial(x)
                    .get(axis)
                    .plus(-1)
                    .times(window.strides()[axis])
                    .plus(window.kernel()[axis] - window.pads()[axis] - window.pads()[axis + window.axes()]));
        }
        return List.of(x.withDims(dims));
    }

    private static List<TensorType> roiAlign(Call call) {
        TensorType x = call.requireRank(0, 4);
        return List.of(x.withDims(List.of(
                call.requireRank(1, 2).dim(0),
                x.dim(1),
                Dim.of(call.attributes().getInt("output_height", 1)),
                Dim.of(call.attributes().getInt("output_width", 1)))));
    }

    private static List<TensorType> resize(Call call) {
        TensorType x = call.type(0);
        Optional<List<Dim>> sizes = call.contents(3);
        if (sizes.isPresent()) {
            return List.of(x.withDims(sizes.get()));
        }
        Optional<float[]> scales = call.has(2) ? call.floats(2) : Optional.empty();
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            dims.add(scales.isPresent() ? scaled(call, x.dim(axis), scales.get()[axis]) : call.unknownDim());
        }
        return List.of(x.withDims(dims));
    }

    private static Dim scaled(Call call, Dim extent, float scale) {
        if (scale == Math.rint(scale)) {
            return extent.times((long) scale);
        }
        return extent.isFixed() ? Dim.of((long) Math.floor(extent.value() * scale)) : call.unknownDim();
    }
}

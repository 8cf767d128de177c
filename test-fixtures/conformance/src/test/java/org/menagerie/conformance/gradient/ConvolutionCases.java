package org.menagerie.conformance.gradient;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.layer.Conv;

/**
 * Convolutions in float32. They are linear in each argument, so differences are exact up to rounding. Shapes are chosen
 * so that every form of the gradients is taken, by the number of channels, stride, padding and a rest at the end.
 */
final class ConvolutionCases {
    private ConvolutionCases() {}

    static List<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>();
        cases.add(conv("1-d", Input.of(2, 3, 9), 4, Conv.kernelOf(3)));
        cases.add(conv(
                "1-d, stride 2, dilation 2",
                Input.of(2, 3, 10),
                2,
                Conv.kernelOf(3).stride(2).dilation(2).pad(1)));
        cases.add(conv("3-d", Input.of(1, 2, 3, 4, 3), 2, Conv.kernelOf(2, 2, 2).pad(1)));
        cases.add(conv("5x5, many filters", Input.of(3, 1, 9, 8), 6, Conv.kernel(5)));
        cases.add(conv(
                "3x3, many channels", Input.of(2, 16, 5, 4), 8, Conv.kernel(3).pad(1)));
        cases.add(conv(
                "3x3, more filters than places",
                Input.of(2, 3, 2, 3),
                7,
                Conv.kernel(3).pad(1)));
        cases.add(conv("1x1", Input.of(2, 3, 3, 2), 4, Conv.kernel(1)));
        cases.add(conv("1x1, stride 2", Input.of(2, 3, 5, 4), 2, Conv.kernel(1).stride(2)));
        for (int channels : new int[] {2, 5, 9}) {
            Input x = Input.of(2, channels, 6, 5);
            String of = ", " + channels + " channels";
            cases.add(conv("3x3" + of, x, 3, Conv.kernel(3)));
            cases.add(conv("3x3, padding 1" + of, x, 2, Conv.kernel(3).pad(1)));
            cases.add(conv(
                    "3x3, padding beyond the kernel" + of, x, 2, Conv.kernel(3).pad(3)));
            cases.add(conv(
                    "3x3, dilation 2" + of, x, 2, Conv.kernel(3).dilation(2).pad(2)));
            cases.add(
                    conv("3x2, stride 2, a rest" + of, x, 2, Conv.kernelOf(3, 2).stride(2)));
            cases.add(conv(
                    "2x2, stride 3, a rest" + of, x, 2, Conv.kernel(2).stride(3).pad(1)));
            cases.add(conv(
                    "symbolic batch" + of,
                    x.declared("[N," + channels + ",6,5]"),
                    2,
                    Conv.kernel(3).pad(1)));
            cases.add(conv(
                    "symbolic extents" + of,
                    x.declared("[N," + channels + ",H,W]"),
                    2,
                    Conv.kernel(3).pad(1)));
            cases.add(conv(
                    "symbolic extents, stride 2" + of,
                    x.declared("[N," + channels + ",H,W]"),
                    2,
                    Conv.kernel(3).stride(2)));
        }
        cases.add(conv(
                "two groups", Input.of(2, 4, 5, 4), 6, Conv.kernel(3).pad(1).groups(2)));
        cases.add(conv(
                "two groups, many channels",
                Input.of(1, 16, 4, 4),
                2,
                Conv.kernel(3).pad(1).groups(2)));
        cases.add(conv(
                "depthwise, stride 2",
                Input.of(2, 3, 6, 5),
                3,
                Conv.kernel(3).stride(2).pad(1).groups(3)));
        cases.add(
                conv("1x1, two groups", Input.of(2, 4, 3, 3), 4, Conv.kernel(1).groups(2)));
        cases.add(GradientCase.of(
                "Conv after Pad",
                Input.of(1, 2, 4, 4),
                weight(2, 2, new int[] {3, 3}),
                (g, x, w) -> g.conv(g.pad(x, 0, 0, 0, 1, 1, 0, 0, 1, 1), w, null, Conv.kernel(3))));
        cases.add(noBias());
        for (String pad : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            cases.add(autoPad(pad));
        }
        cases.add(transposed("", Input.of(2, 3, 3, 4), 2, Conv.kernel(3)));
        cases.add(transposed(
                ", 1-d", Input.of(2, 3, 4), 2, Conv.kernelOf(4).stride(2).pad(1)));
        cases.add(transposed(
                ", stride 2, output padding",
                Input.of(2, 3, 3, 4),
                2,
                Conv.kernel(3).stride(2).pad(1).outputPadding(1)));
        cases.add(transposed(
                ", dilation 2", Input.of(2, 9, 3, 4), 8, Conv.kernel(2).dilation(2)));
        cases.add(transposed(
                ", two groups",
                Input.of(2, 4, 3, 3),
                6,
                Conv.kernel(3).stride(2).groups(2)));
        cases.add(transposed(
                ", symbolic batch",
                Input.of(2, 3, 3, 4).declared("[N,3,3,4]"),
                2,
                Conv.kernel(2).stride(2)));
        return cases.stream().map(GradientCase::inFloat32).toList();
    }

    private static Input weight(long out, long in, int[] kernel) {
        long[] shape = new long[kernel.length + 2];
        shape[0] = out;
        shape[1] = in;
        for (int i = 0; i < kernel.length; i++) {
            shape[i + 2] = kernel[i];
        }
        return Input.of(shape);
    }

    private static GradientCase conv(String name, Input x, int filters, Conv settings) {
        Input weight = weight(filters, x.shape().dim(1) / settings.groups(), settings.kernel());
        return GradientCase.many(
                "Conv, " + name,
                List.of(x, weight, Input.of(filters)),
                (g, in) -> List.of(g.conv(in.get(0), in.get(1), in.get(2), settings)));
    }

    private static GradientCase noBias() {
        return GradientCase.of(
                "Conv, kernel_shape left out, no bias",
                Input.of(1, 2, 4, 4),
                weight(2, 2, new int[] {2, 3}),
                (g, x, w) -> g.op("Conv", x, w));
    }

    private static GradientCase autoPad(String pad) {
        return GradientCase.of(
                "Conv, " + pad,
                Input.of(1, 2, 5, 6),
                weight(2, 2, new int[] {3, 2}),
                (g, x, w) -> g.op("Conv", Attributes.of("auto_pad", pad).with("strides", new long[] {2, 2}), x, w));
    }

    private static GradientCase transposed(String name, Input x, int filters, Conv settings) {
        Input weight = weight(x.shape().dim(1), filters / settings.groups(), settings.kernel());
        return GradientCase.many(
                "ConvTranspose" + name,
                List.of(x, weight, Input.of(filters)),
                (g, in) -> List.of(g.convTranspose(in.get(0), in.get(1), in.get(2), settings)));
    }
}

package org.menagerie.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Pool;

/** The settings of layers as attributes of ONNX nodes. */
final class LayerAttributes {
    private LayerAttributes() {}

    /** The attributes of a Conv or ConvTranspose node. */
    static Attributes of(Conv settings) {
        int[] padding = settings.padding();
        Attributes attributes = Attributes.of("kernel_shape", settings.kernel())
                .with("strides", settings.stride())
                .with(
                        "pads",
                        IntStream.concat(Arrays.stream(padding), Arrays.stream(padding))
                                .toArray())
                .with("dilations", settings.dilation())
                .with("group", settings.groups());
        return Arrays.stream(settings.outputPadding()).allMatch(extra -> extra == 0)
                ? attributes
                : attributes.with("output_padding", settings.outputPadding());
    }

    /** The attributes that MaxPool and AveragePool share. */
    static Attributes of(Pool settings) {
        return Attributes.of("kernel_shape", filled(2, settings.size()))
                .with("strides", filled(2, settings.stride()))
                .with("pads", filled(4, settings.padding()))
                .with("ceil_mode", settings.ceil());
    }

    private static int[] filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return values;
    }
}

package org.menagerie.explain.imagine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.menagerie.explain.NetworkGraph;
import org.menagerie.explain.PictureLayout;
import org.menagerie.explain.PlainPicture;
import org.menagerie.graph.Value;
import org.menagerie.hub.Stages;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * The input through which a network sees pictures.
 *
 * @param name what the network calls it
 * @param others the network's other inputs
 * @param colors says how the colours of a picture lie in it
 * @param height of the network's own pictures, pixels
 * @param width of the network's own pictures, pixels
 */
record PictureInput(String name, Map<String, Tensor> others, Colors colors, int height, int width) {
    private static final int PLAIN_SIDE = 256;

    PictureInput {
        others = Map.copyOf(others);
    }

    /** Finds the input of a model with a card by what its preprocessor makes of plain pictures. */
    static PictureInput of(NetworkGraph network, Stages<?, ?> stages) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Origin.Image origin;
        try (Prepared prepared = stages.prepare(PlainPicture.of(PLAIN_SIDE, PLAIN_SIDE, 0))) {
            origin = prepared.origins().get(0) instanceof Origin.Image image ? image : null;
            prepared.tensors().forEach((name, tensor) -> tensors.put(name, tensor.copy()));
        }
        Map.Entry<String, Tensor> picture = NetworkGraph.largest(tensors)
                .orElseThrow(() -> new ZooException("Network '%s' takes no float32 picture".formatted(network.name())));
        PictureLayout layout = PictureLayout.of(picture.getValue().shape(), origin)
                .orElseThrow(() -> new ZooException("Network '%s' takes %s, which is not one picture"
                        .formatted(network.name(), picture.getValue())));
        String name = picture.getKey();
        Colors colors = Colors.of(network.name(), layout, rgb -> {
            try (Prepared prepared = stages.prepare(PlainPicture.of(PLAIN_SIDE, PLAIN_SIDE, rgb))) {
                return Objects.requireNonNull(prepared.tensors().get(name)).copy();
            }
        });
        tensors.remove(name);
        return new PictureInput(name, tensors, colors, layout.height(), layout.width());
    }

    /** Finds the input of a network without a card by its type. */
    static PictureInput bare(NetworkGraph network, Pixels pixels) {
        Value input = network.graph().inputs().stream()
                .filter(each -> each.isTyped() && each.rank() == 4 && each.element() == ElementType.FLOAT32)
                .findFirst()
                .orElseThrow(() -> new ZooException("Network '%s' takes no float32 picture; it takes %s"
                        .formatted(network.name(), network.graph().inputs())));
        PictureLayout layout = layout(input);
        return new PictureInput(
                input.name(), Map.of(), pixels.on(Colors.plain(layout)), layout.height(), layout.width());
    }

    /** Extents that the file leaves open become those of a plain picture. */
    private static PictureLayout layout(Value input) {
        long[] dims = {1, 3, PLAIN_SIDE, PLAIN_SIDE};
        for (int axis = 1; axis < 4; axis++) {
            if (input.dim(axis).isFixed()) {
                dims[axis] = input.dim(axis).value();
            }
        }
        if (input.dim(3).isFixed() && input.dim(3).value() <= 4) {
            dims[1] = input.dim(1).isFixed() ? dims[1] : PLAIN_SIDE;
        }
        return PictureLayout.of(new Shape(dims), null).orElseThrow();
    }
}

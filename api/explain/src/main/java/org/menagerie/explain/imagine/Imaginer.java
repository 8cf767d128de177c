package org.menagerie.explain.imagine;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.explain.NetworkGraph;
import org.menagerie.explain.PictureLayout;
import org.menagerie.explain.Progress;
import org.menagerie.explain.RandomWeights;
import org.menagerie.explain.TargetReader;
import org.menagerie.graph.Value;
import org.menagerie.hub.Stages;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Makes pictures by optimising one network's input. The caller closes it. Not thread-safe.
 *
 * <pre>{@code
 * try (Zoo zoo = Zoo.open(); Imaginer imaginer = Imaginer.of(zoo, "yolox-nano-coco")) {
 *     Imagined dream = imaginer.imagine(Commission.of("deep-dream", picture), Progress.NONE);
 *     ImageIO.write(dream.figure(), "png", new File("dream.png"));
 * }
 * }</pre>
 */
public final class Imaginer implements AutoCloseable {
    private static final int PLAIN_SIDE = 256;

    private final NetworkGraph network;
    private final TargetReader targets;
    private final @Nullable Stages<?, ?> stages;
    private final Pixels pixels;
    private final ImagineKinds kinds;
    private final SessionOptions options;

    private Imaginer(
            NetworkGraph network,
            TargetReader targets,
            @Nullable Stages<?, ?> stages,
            Pixels pixels,
            ImagineKinds kinds,
            SessionOptions options) {
        this.network = network;
        this.targets = targets;
        this.stages = stages;
        this.pixels = pixels;
        this.kinds = kinds;
        this.options = options;
    }

    /**
     * Uses a model with a card, which knows how its network takes pictures.
     *
     * @throws ZooException if the model is more than one network, or does not take pictures
     */
    public static Imaginer of(Zoo zoo, String model) {
        Stages<?, ?> stages = zoo.stages(model)
                .orElseThrow(() -> new ZooException(
                        "Model '%s' is more than one network, or runs one in its own way; use one of its files by itself"
                                .formatted(model)));
        if (!stages.input().equals(Image.class)) {
            stages.close();
            throw new ZooException("Model '%s' takes no pictures but %s"
                    .formatted(model, stages.input().getSimpleName()));
        }
        NetworkGraph network = NetworkGraph.of(zoo, model, "model");
        return new Imaginer(
                network,
                TargetReader.of(zoo, network, Optional.of(stages.card())),
                stages,
                Pixels.UNIT,
                ImagineKinds.of(zoo),
                zoo.hub().options().session());
    }

    /** Uses a network without a card, whose input is a picture. */
    public static Imaginer bare(Zoo zoo, Path file, String name, Pixels pixels) {
        NetworkGraph network = NetworkGraph.read(name, file);
        return new Imaginer(
                network,
                TargetReader.of(zoo, network, Optional.empty()),
                null,
                pixels,
                ImagineKinds.of(zoo),
                zoo.hub().options().session());
    }

    /** Makes a picture. */
    public Imagined imagine(Commission commission, Progress progress) {
        ImagineKinds.Chosen chosen = kinds.read(commission.method());
        if (commission.pictures().size() != chosen.kind().pictures()) {
            throw new InvalidInputException("Method '%s' begins with %d pictures; found %d"
                    .formatted(
                            chosen.name(),
                            chosen.kind().pictures(),
                            commission.pictures().size()));
        }
        if (commission.target().isEmpty() == chosen.kind().target()) {
            throw new InvalidInputException(
                    chosen.kind().target()
                            ? "Method '%s' needs --target: a class, or elements such as LAYER[3,:,:]"
                                    .formatted(chosen.name())
                            : "--target does not apply to method '%s'".formatted(chosen.name()));
        }
        Painting painting = chosen.method().paint(easel(commission, progress));
        return new Imagined(
                network.name(),
                commission.method() + (commission.target().isEmpty() ? "" : " of " + commission.target()),
                weights(commission),
                painting.canvas().image(),
                painting.lines());
    }

    /** The names of the model's classes; empty if it has none. */
    public List<String> classes() {
        return stages == null ? List.of() : stages.card().labels();
    }

    private String weights(Commission commission) {
        if (commission.randomWeights().isPresent()) {
            return "Weights: random (He 2015, seed %d); the network has learned nothing."
                    .formatted(commission.randomWeights().getAsLong());
        }
        Stages<?, ?> known = stages;
        if (known == null) {
            return "Weights: as they are in the file, which does not say what they learned.";
        }
        List<String> datasets = known.card().datasets();
        return "Weights: the model's own%s."
                .formatted(datasets.isEmpty() ? "" : ", trained on " + String.join(" and ", datasets));
    }

    private Easel easel(Commission commission, Progress progress) {
        NetworkGraph used = commission.randomWeights().isPresent()
                ? RandomWeights.of(network, commission.randomWeights().getAsLong())
                : network;
        List<BufferedImage> pictures = commission.pictures().stream()
                .map(image -> (BufferedImage) image.getWrappedImage())
                .toList();
        Stages<?, ?> known = stages;
        if (known == null) {
            Value input = pictureInput();
            PictureLayout layout = layout(input);
            return new Easel(
                    used,
                    targets,
                    input.name(),
                    Map.of(),
                    pixels.on(Colors.plain(layout)),
                    layout.height(),
                    layout.width(),
                    pictures,
                    commission.target(),
                    options,
                    progress);
        }
        Map<String, Tensor> others = new HashMap<>();
        String[] name = {""};
        PictureLayout layout;
        try (Prepared prepared = known.prepare(plain(0))) {
            Origin.Image origin = prepared.origins().get(0) instanceof Origin.Image image ? image : null;
            Map.Entry<String, Tensor> largest = prepared.tensors().entrySet().stream()
                    .filter(entry -> entry.getValue().elementType() == ElementType.FLOAT32)
                    .max((a, b) ->
                            Integer.compare(a.getValue().size(), b.getValue().size()))
                    .orElseThrow(
                            () -> new ZooException("Network '%s' takes no float32 picture".formatted(network.name())));
            name[0] = largest.getKey();
            layout = PictureLayout.of(largest.getValue().shape(), origin)
                    .orElseThrow(() -> new ZooException("Network '%s' takes %s, which is not one picture"
                            .formatted(network.name(), largest.getValue())));
            prepared.tensors().forEach((other, tensor) -> others.put(other, tensor.copy()));
        }
        Colors colors = Colors.of(network.name(), layout, rgb -> {
            try (Prepared prepared = known.prepare(plain(rgb))) {
                return Objects.requireNonNull(prepared.tensors().get(name[0])).copy();
            }
        });
        others.remove(name[0]);
        return new Easel(
                used,
                targets,
                name[0],
                others,
                colors,
                layout.height(),
                layout.width(),
                pictures,
                commission.target(),
                options,
                progress);
    }

    private Value pictureInput() {
        return network.graph().inputs().stream()
                .filter(input -> input.isTyped() && input.rank() == 4 && input.element() == ElementType.FLOAT32)
                .findFirst()
                .orElseThrow(() -> new ZooException("Network '%s' takes no float32 picture; it takes %s"
                        .formatted(network.name(), network.graph().inputs())));
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

    private static Image plain(int rgb) {
        BufferedImage image = new BufferedImage(PLAIN_SIDE, PLAIN_SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(0, 0, PLAIN_SIDE, PLAIN_SIDE);
        graphics.dispose();
        return new BufferedImageFactory().fromImage(image);
    }

    @Override
    public void close() {
        if (stages != null) {
            stages.close();
        }
    }
}

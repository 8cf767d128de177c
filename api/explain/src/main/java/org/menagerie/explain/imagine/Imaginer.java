package org.menagerie.explain.imagine;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.explain.NetworkGraph;
import org.menagerie.explain.Progress;
import org.menagerie.explain.RandomWeights;
import org.menagerie.explain.TargetReader;
import org.menagerie.hub.Stages;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.ComponentText;

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
    private final NetworkGraph network;
    private final TargetReader targets;
    private final @Nullable Stages<?, ?> stages;
    private final Pixels pixels;
    private final Zoo zoo;
    private final SessionOptions options;

    private Imaginer(
            NetworkGraph network,
            TargetReader targets,
            @Nullable Stages<?, ?> stages,
            Pixels pixels,
            Zoo zoo,
            SessionOptions options) {
        this.network = network;
        this.targets = targets;
        this.stages = stages;
        this.pixels = pixels;
        this.zoo = zoo;
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
                zoo,
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
                zoo,
                zoo.hub().options().session());
    }

    /** Makes a picture. */
    public Imagined imagine(Commission commission, Progress progress) {
        Component stated = ComponentText.parse("--method", commission.method());
        ImagineKind<?> kind = ComponentText.kind("method", zoo.components(ImagineKind.class), stated);
        ImagineMethod method = kind.create(stated.settings());
        if (commission.pictures().size() != kind.pictures()) {
            throw new InvalidInputException("Method '%s' begins with %d pictures; found %d"
                    .formatted(
                            stated.name(),
                            kind.pictures(),
                            commission.pictures().size()));
        }
        if (commission.target().isEmpty() == kind.target()) {
            throw new InvalidInputException(
                    kind.target()
                            ? "Method '%s' needs --target: a class, or elements such as LAYER[3,:,:]"
                                    .formatted(stated.name())
                            : "--target does not apply to method '%s'".formatted(stated.name()));
        }
        Painting painting = method.paint(easel(commission, progress));
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
        PictureInput input = stages == null ? PictureInput.bare(network, pixels) : PictureInput.of(network, stages);
        return new Easel(used, targets, input, pictures, commission.target(), options, progress);
    }

    @Override
    public void close() {
        if (stages != null) {
            stages.close();
        }
    }
}

package org.menagerie.explain.imagine;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.menagerie.explain.Layers;
import org.menagerie.explain.NetworkGraph;
import org.menagerie.explain.Progress;
import org.menagerie.explain.Question;
import org.menagerie.explain.Target;
import org.menagerie.explain.TargetReader;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.transfer.Rebuilt;
import org.menagerie.graph.transfer.Replacement;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Gives a method what it makes pictures with: a network, how colours lie in its input, and the pictures to begin with. Not
 * thread-safe.
 */
public final class Easel {
    private final NetworkGraph network;
    private final TargetReader targets;
    private final PictureInput input;
    private final List<BufferedImage> pictures;
    private final String target;
    private final SessionOptions options;
    private final Progress progress;

    /** @param target as the user wrote it; empty if there is none */
    Easel(
            NetworkGraph network,
            TargetReader targets,
            PictureInput input,
            List<BufferedImage> pictures,
            String target,
            SessionOptions options,
            Progress progress) {
        this.network = network;
        this.targets = targets;
        this.input = input;
        this.pictures = List.copyOf(pictures);
        this.target = target;
        this.options = options;
        this.progress = progress;
    }

    public Layers layers() {
        return Layers.of(network);
    }

    /**
     * The layers of the network for pictures of its own size, so that maps have extents.
     *
     * @return each with its value in the original graph
     */
    public Layers sizedLayers() {
        Rebuilt rebuilt = rebuilt(Set.copyOf(network.graph().outputs().values()), input.height(), input.width(), false);
        return Layers.of(new NetworkGraph(network.name(), rebuilt.builder().build(), network.weights()));
    }

    /** A canvas of noise: square if a size is given, else of the network's own size. */
    public Canvas noise(int size, double deviation, Random random) {
        return Canvas.noise(
                rest(), size > 0 ? size : input.height(), size > 0 ? size : input.width(), deviation, random);
    }

    /** The colour that is zero in the network's input. */
    public float[] rest() {
        return input.colors().rest();
    }

    /**
     * One of the pictures, nearly in its own proportions: sides are multiples of 32.
     *
     * @param size pixels of the longer side
     */
    public Canvas picture(int index, int size) {
        BufferedImage picture = pictures.get(index);
        double scale = (double) size / Math.max(picture.getWidth(), picture.getHeight());
        return Canvas.of(
                picture,
                input.colors().channels(),
                Scales.even(picture.getHeight() * scale),
                Scales.even(picture.getWidth() * scale));
    }

    /** Reads the target that the user wants to see more of, for pictures of a canvas's size. */
    public Target target(Canvas canvas) {
        if (target.equals(Question.ARGMAX)) {
            throw new InvalidInputException(
                    "--target argmax needs an input; name a class, or elements such as a channel of a layer: LAYER[3,:,:]");
        }
        return targets.read(
                target,
                name -> values(Map.of(name, network.value(name)), canvas, false).get(name));
    }

    /** Computes some values of the network for a canvas. */
    public Map<String, Tensor> values(Map<String, Value> wanted, Canvas canvas, boolean averagePools) {
        return PictureScore.values(this, wanted, canvas, averagePools);
    }

    /**
     * The score of pictures of a canvas's size. The caller closes it.
     *
     * @param needs the values that the score is computed from
     * @param averagePools true to take means where the network takes maxima
     */
    public PictureScore score(Target score, Set<Value> needs, Canvas canvas, boolean averagePools) {
        return PictureScore.of(this, score, needs, canvas, averagePools);
    }

    /** Returns the network's values that the target is computed from. */
    Set<Value> needs() {
        return Set.of(network.value(targets.value(target)));
    }

    NetworkGraph network() {
        return network;
    }

    Colors colors() {
        return input.colors();
    }

    SessionOptions options() {
        return options;
    }

    String input() {
        return input.name();
    }

    Progress progress() {
        return progress;
    }

    /** The feeds for a canvas. */
    Map<String, Tensor> feeds(Iterable<String> names, Canvas canvas) {
        Map<String, Tensor> feeds = new LinkedHashMap<>();
        for (String name : names) {
            Tensor tensor = name.equals(input.name())
                    ? input.colors().tensor(canvas)
                    : input.others().get(name);
            if (tensor == null) {
                throw new ZooException("The network's input '%s' is not a picture and has no value".formatted(name));
            }
            feeds.put(name, tensor);
        }
        return feeds;
    }

    /** The part of the network that some values need, for pictures of a size. */
    Rebuilt rebuilt(Set<Value> needs, int canvasHeight, int canvasWidth, boolean averagePools) {
        Map<String, Value> wanted = new LinkedHashMap<>();
        needs.forEach(value -> wanted.put(value.name(), value));
        Map<Value, TensorType> types = new HashMap<>();
        for (Value each : network.graph().inputs()) {
            Tensor other = input.others().get(each.name());
            if (each.name().equals(input.name())) {
                types.put(
                        each,
                        TensorType.of(
                                ElementType.FLOAT32, new Shape(input.colors().dims(canvasHeight, canvasWidth))));
            } else if (other != null) {
                types.put(each, TensorType.of(other.elementType(), other.shape()));
            }
        }
        Graph pruned = network.graph().prunedTo(wanted);
        types.keySet().retainAll(pruned.inputs());
        try {
            return Rebuilt.of(pruned, types, averagePools ? AveragePools.INSTEAD_OF_MAXIMA : Replacement.NONE);
        } catch (GraphException e) {
            throw new ZooException(
                    "Network '%s' cannot be used for pictures of %d×%d (its own size is %d×%d): %s"
                            .formatted(
                                    network.name(),
                                    canvasWidth,
                                    canvasHeight,
                                    input.width(),
                                    input.height(),
                                    e.getMessage()),
                    e);
        }
    }
}

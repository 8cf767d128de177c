package org.menagerie.plugin.localizer;

import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import com.google.inject.Inject;
import com.google.inject.Provider;
import java.util.Map;
import java.util.Objects;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.plugin.NamedConfig;

/**
 * Localisation: the class of a picture's main object and one box around it, by a regression head on any image classifier (as in
 * Simonyan and Zisserman 2015, "Very deep convolutional networks for large-scale image recognition", appendix A). The
 * classifier's last layer gives four numbers more than there are classes, which is the same as a second linear layer on the
 * features that it reads: the box's edges, from the picture's middle on, as fractions of its side.
 *
 * <p><b>Deviations.</b> Classes and boxes are trained together from scratch, where the paper starts from a trained classifier and
 * has two networks. The error of the edges is smooth L1 (Girshick 2015) instead of squared. The main object is the largest.
 *
 * <p>{@code image f32[N,channels,size,size]} to {@code objects f32[N,1,4]}, left, top, right, bottom in pixels, {@code object_score
 * f32[N,1]} and {@code object_label i64[N,1]}; the parameters of the classifier with four more classes.
 */
final class Localizer implements Architecture<Localizer.Config> {
    /** The error of an edge that counts quadratically, as a fraction of the picture. */
    private static final double BETA = 0.02;

    private static final double BOXES = 2;

    /**
     * @param backbone the name of an image classifier: an architecture or a variant, for example {@code resnet18}
     * @param size of the pictures' sides, pixels
     */
    record Config(String backbone, int classes, int channels, int size) {
        Config {
            if (classes < 1 || channels < 1 || size < 1) {
                throw new IllegalArgumentException(
                        "A localizer needs a class, a channel and a pixel; found %d, %d and %d"
                                .formatted(classes, channels, size));
            }
        }
    }

    /** What the two heads give: {@code [N,classes]}, and edges as fractions of the picture, {@code [N,4]}. */
    private record Heads(Value logits, Value edges) {}

    @SuppressWarnings("rawtypes") // as plugins bind them
    private final Provider<Map<String, Architecture>> architectures;

    @Inject
    Localizer(@SuppressWarnings("rawtypes") Provider<Map<String, Architecture>> architectures) {
        this.architectures = architectures;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Task task(Config config) {
        Map<String, Object> settings =
                Map.of("boxes", "objects", "scores", "object_score", "labels", "object_label", "threshold", 0.0);
        return new Task("object-detection", "objects", settings).judgedBy("localization");
    }

    @Override
    public void build(GraphBuilder g, Config config) {
        answer(g, heads(g, config), config.size());
    }

    @Override
    public Value objective(GraphBuilder g, Config config) {
        Heads heads = heads(g, config);
        answer(g, heads, config.size());
        return loss(g, heads, config.size());
    }

    /** The classifier with a last layer that is four wider. */
    private Heads heads(GraphBuilder g, Config config) {
        int classes = config.classes();
        NamedConfig named = NamedConfig.find(architectures.get(), config.backbone())
                .fitted(Map.of("classes", classes + 4, "channels", config.channels(), "size", config.size()));
        if (!named.task().equals(Task.classification())) {
            throw new GraphException("A localizer's backbone is an image classifier such as resnet18; '%s' is for %s"
                    .formatted(config.backbone(), named.task().name()));
        }
        GraphBuilder backbone = new GraphBuilder(config.backbone(), g.isTraining() ? Mode.TRAINING : Mode.INFERENCE);
        named.build(backbone);
        Value image = g.input("image", "f32[N,%d,%d,%<d]".formatted(config.channels(), config.size()));
        Value taken = backbone.input("image");
        if (!taken.type().equals(image.type())) {
            throw new GraphException("Backbone '%s' takes pictures %s; the data has %s"
                    .formatted(config.backbone(), taken.type(), image.type()));
        }
        Map<String, Value> outputs = g.inline(backbone.build(), Map.of(taken, image));
        Value both = Objects.requireNonNull(outputs.get("logits"), "logits");
        return new Heads(g.slice(both, 1, 0, classes), g.add(g.slice(both, 1, classes, classes + 4), 0.5));
    }

    /** The likeliest class and the box in pixels, which ends with the picture. */
    private static void answer(GraphBuilder g, Heads heads, int size) {
        Value box = g.clip(g.mul(heads.edges(), size), 0, size);
        Value one = g.slice(box, 1, 0, 2);
        Value other = g.slice(box, 1, 2, 4);
        g.output("objects", g.unsqueeze(g.concat(1, g.min(one, other), g.max(one, other)), 1));
        g.output("object_score", g.reduce("ReduceMax", g.softmax(heads.logits(), 1), true, 1));
        g.output("object_label", g.unsqueeze(g.argMax(heads.logits(), 1), 1));
    }

    /** Cross-entropy, and smooth L1 of the edges; pictures without an object do not count. */
    private static Value loss(GraphBuilder g, Heads heads, int size) {
        Value boxes = g.input("boxes", "f32[N,M,4]");
        Value labels = g.input("box_label", "i64[N,M]");

        // The main object: the largest, or none where all labels are -1.
        Value sides = g.sides(boxes);
        Value area = g.mul(g.coordinate(sides, 0), g.coordinate(sides, 1));
        Value present = g.cast(g.greaterOrEqual(labels, g.scalar(INT64, 0)), FLOAT32);
        Value main = g.unsqueeze(g.argMax(g.mul(area, present), 1), 1);
        Value counts = g.squeeze(g.gatherElements(present, main, 1), 1);
        Value label = g.max(g.squeeze(g.gatherElements(labels, main, 1), 1), g.scalar(INT64, 0));
        Value edges = g.mul(g.squeeze(g.rowsAt(boxes, main), 1), 1.0 / size);

        Value logs = g.gatherElements(g.logSoftmax(heads.logits(), 1), g.unsqueeze(label, 1), 1);
        Value classError = g.neg(g.squeeze(logs, 1));
        Value boxError = g.sum(g.smoothL1Each(heads.edges(), edges, BETA), 1);
        Value right = g.cast(g.equal(g.argMax(heads.logits(), 1), label), FLOAT32);
        g.output("accuracy", mean(g, right, counts));
        return mean(g, g.add(classError, g.mul(boxError, BOXES)), counts);
    }

    private static Value mean(GraphBuilder g, Value each, Value counts) {
        return g.div(g.sum(g.mul(each, counts)), g.max(g.sum(counts), g.scalar(FLOAT32, 1)));
    }
}

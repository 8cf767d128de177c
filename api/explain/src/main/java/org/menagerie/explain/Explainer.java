package org.menagerie.explain;

import ai.djl.modality.cv.Image;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Value;
import org.menagerie.hub.Stages;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.ComponentText;

/**
 * Explains the answers of one model. The caller closes it. Not thread-safe.
 *
 * <pre>{@code
 * try (Zoo zoo = Zoo.open(); Explainer explainer = Explainer.of(zoo, "resnet20-fashion-mnist")) {
 *     Explanation why = explainer.explain(picture, Question.by("grad-cam"));
 *     ImageIO.write(why.picture().orElseThrow(), "png", new File("why.png"));
 * }
 * }</pre>
 */
public final class Explainer implements AutoCloseable {
    private static final String MODEL = "model";

    /** The seed of the weights of the network that maps are compared with. */
    private static final long CONTROL = 1;

    private final NetworkGraph network;
    private final TargetReader targets;
    private final @Nullable Stages<?, ?> stages;
    private final Zoo zoo;
    private final SessionOptions options;

    private Explainer(
            NetworkGraph network,
            TargetReader targets,
            @Nullable Stages<?, ?> stages,
            Zoo zoo,
            SessionOptions options) {
        this.network = network;
        this.targets = targets;
        this.stages = stages;
        this.zoo = zoo;
        this.options = options;
    }

    /**
     * Explains a model with a card.
     *
     * @throws ZooException if the model is more than one network
     */
    public static Explainer of(Zoo zoo, String model) {
        Stages<?, ?> stages = zoo.stages(model)
                .orElseThrow(() -> new ZooException(
                        "Model '%s' is more than one network, or runs one in its own way; explain one of its files by itself"
                                .formatted(model)));
        NetworkGraph network = NetworkGraph.of(zoo, model, MODEL);
        return new Explainer(
                network,
                TargetReader.of(zoo, network, Optional.of(stages.card())),
                stages,
                zoo,
                zoo.hub().options().session());
    }

    /** Explains a network without a card, which takes tensors: {@link #explain(Map, Question, Progress)}. */
    public static Explainer bare(Zoo zoo, Path file, String name) {
        NetworkGraph network = NetworkGraph.read(name, file);
        return new Explainer(
                network,
                TargetReader.of(zoo, network, Optional.empty()),
                null,
                zoo,
                zoo.hub().options().session());
    }

    /** Returns the type of the inputs that the model takes. */
    public Class<?> input() {
        return stages == null ? Map.class : stages.input();
    }

    /** The network's layers. */
    public Layers layers() {
        return Layers.of(network);
    }

    /** Explains the answer to one input. */
    public Explanation explain(Object input, Question question) {
        return explain(input, question, Progress.NONE);
    }

    /** Explains the answer to one input, and tells how far it is. */
    public Explanation explain(Object input, Question question, Progress progress) {
        Stages<?, ?> model = stages;
        if (model == null) {
            throw new InvalidInputException("A network without a card is explained for tensors");
        }
        try (Prepared prepared = model.prepare(input)) {
            Origin.Image picture = prepared.origins().get(0) instanceof Origin.Image known ? known : null;
            Function<Integer, Tensor> plain =
                    input instanceof Image image && picture != null ? rgb -> plain(model, image, rgb) : null;
            return explain(input, subject(prepared.tensors(), picture, plain), question, progress);
        }
    }

    /** Explains what a network computes from tensors. */
    public Explanation explain(Map<String, Tensor> tensors, Question question, Progress progress) {
        return explain(null, subject(tensors, null, null), question, progress);
    }

    private Tensor plain(Stages<?, ?> model, Image like, int rgb) {
        try (Prepared prepared = model.prepare(PlainPicture.of(like.getWidth(), like.getHeight(), rgb))) {
            return attributed(prepared.tensors()).getValue().copy();
        }
    }

    private Subject subject(
            Map<String, Tensor> tensors, Origin.@Nullable Image picture, @Nullable Function<Integer, Tensor> plain) {
        Map.Entry<String, Tensor> attributed = attributed(tensors);
        return new Subject(attributed.getKey(), attributed.getValue(), tensors, picture, plain);
    }

    private Map.Entry<String, Tensor> attributed(Map<String, Tensor> tensors) {
        return NetworkGraph.largest(tensors)
                .orElseThrow(() -> new ZooException(
                        "Network '%s' takes no float32 tensor whose parts could be weighed; it takes %s"
                                .formatted(network.name(), network.graph().inputs())));
    }

    private Explanation explain(@Nullable Object input, Subject subject, Question question, Progress progress) {
        Component stated = ComponentText.parse("--method", question.method());
        ExplanationKind<?> kind = ComponentText.kind("method", zoo.components(ExplanationKind.class), stated);
        ExplanationMethod method = kind.create(stated.settings());
        if (question.layer().isPresent() && !kind.layer()) {
            throw new InvalidInputException(
                    "--layer does not apply to method '%s', which looks at no layer".formatted(stated.name()));
        }
        Value layer = question.layer()
                .map(pattern -> Layers.of(network).find(pattern).value())
                .orElse(null);
        Target target = targets.read(question.target(), name -> value(subject, name));
        try (Probe probe = new Probe(network, subject, target, layer, options, progress)) {
            Attribution attribution = method.explain(probe);
            if (question.check()) {
                attribution = checked(attribution, method, probe, subject, target, layer, progress);
            }
            return new Explanation(
                    network.name(),
                    question.method(),
                    target.words(),
                    probe.score(),
                    attribution,
                    input,
                    subject.layout().orElse(null),
                    subject.picture());
        }
    }

    /** The same method and target for the network with random weights is the control. */
    private Attribution checked(
            Attribution attribution,
            ExplanationMethod method,
            Probe probe,
            Subject subject,
            Target target,
            @Nullable Value layer,
            Progress progress) {
        NetworkGraph untrained = RandomWeights.of(network, CONTROL);
        try (Probe control = new Probe(untrained, subject, target, layer, options, progress)) {
            return Trust.checked(attribution, probe, method.explain(control));
        }
    }

    private Tensor value(Subject subject, String name) {
        String output = "explained";
        try (OnnxSession session = network.session(Map.of(output, network.value(name)), options)) {
            Map<String, Tensor> feeds = new HashMap<>();
            session.inputs().forEach(input -> feeds.put(input.name(), subject.other(input.name())));
            Tensor tensor = session.run(feeds).get(output);
            if (tensor == null || tensor.elementType() != ElementType.FLOAT32) {
                throw new InvalidInputException(
                        "--target: '%s' is %s; expected float32 numbers".formatted(name, tensor));
            }
            return tensor;
        }
    }

    @Override
    public void close() {
        if (stages != null) {
            stages.close();
        }
    }
}

package org.menagerie.explain.imagine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.menagerie.explain.Target;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.transfer.Rebuilt;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** A score and its gradient with respect to the picture, as one ONNX graph for pictures of one size. Not thread-safe. */
public final class PictureScore implements Landscape, AutoCloseable {
    private static final String SCORE = "imagined_score";
    private static final String SLOPE = "imagined_slope";

    private final Easel easel;
    private final OnnxSession session;

    private PictureScore(Easel easel, OnnxSession session) {
        this.easel = easel;
        this.session = session;
    }

    static PictureScore of(Easel easel, Target target, Set<Value> needs, Canvas canvas, boolean averagePools) {
        Rebuilt rebuilt = easel.rebuilt(needs, canvas.height(), canvas.width(), averagePools);
        try {
            GraphBuilder g = rebuilt.builder();
            Value score = target.score(g, name -> rebuilt.copy(easel.network().value(name)));
            Value picture = rebuilt.copy(easel.network().value(easel.input()));
            Value slope = Gradients.of(g, score, g.fullLike(score, 1), List.of(picture), GradientRules.standard())
                    .get(0);
            return new PictureScore(easel, open(easel, rebuilt, Map.of(SCORE, score, SLOPE, g.identity(slope))));
        } catch (GraphException e) {
            throw new ZooException(
                    "Network '%s' cannot be optimised for this: %s"
                            .formatted(easel.network().name(), e.getMessage()),
                    e);
        }
    }

    static Map<String, Tensor> values(Easel easel, Map<String, Value> wanted, Canvas canvas, boolean averagePools) {
        Rebuilt rebuilt = easel.rebuilt(Set.copyOf(wanted.values()), canvas.height(), canvas.width(), averagePools);
        Map<String, Value> outputs = new LinkedHashMap<>();
        int[] index = {0};
        Map<String, String> names = new LinkedHashMap<>();
        wanted.forEach((name, value) -> {
            String output = "imagined_" + index[0]++;
            names.put(name, output);
            outputs.put(output, rebuilt.builder().identity(rebuilt.copy(value)));
        });
        Map<String, Tensor> values = new LinkedHashMap<>();
        try (OnnxSession session = open(easel, rebuilt, outputs)) {
            Map<String, Tensor> found = session.run(feeds(easel, session, canvas));
            names.forEach((name, output) -> values.put(name, Objects.requireNonNull(found.get(output))));
        }
        return values;
    }

    private static OnnxSession open(Easel easel, Rebuilt rebuilt, Map<String, Value> outputs) {
        return OnnxSession.open(
                OnnxWriter.toBytes(
                        rebuilt.builder().build().prunedTo(outputs),
                        easel.network().weights(),
                        Map.of()),
                easel.options());
    }

    private static Map<String, Tensor> feeds(Easel easel, OnnxSession session, Canvas canvas) {
        return easel.feeds(session.inputs().stream().map(TensorInfo::name).toList(), canvas);
    }

    @Override
    public double at(Canvas canvas, float[] slope) {
        CallScope.current().check();
        Map<String, Tensor> outputs = session.run(feeds(easel, session, canvas));
        float[] back = easel.colors().back(Objects.requireNonNull(outputs.get(SLOPE)), canvas);
        System.arraycopy(back, 0, slope, 0, slope.length);
        return Objects.requireNonNull(outputs.get(SCORE)).floats().get(0);
    }

    /** The score alone. */
    double at(Canvas canvas) {
        return at(canvas, new float[canvas.values().length]);
    }

    @Override
    public void close() {
        session.close();
    }
}

package org.menagerie.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.Tensor;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;
import org.menagerie.training.optimizer.Adam;

/** A training on one batch of eight examples, with the loss measured without dropout. */
final class Practice implements AutoCloseable {
    static final int STEPS = 30;

    private final double learningRate;
    private final StepGraph training;
    private final Map<String, Tensor> batch;
    private final Map<String, Tensor> start;
    private final StepRunner runner;
    private final Neutral neutral;
    private final OnnxSession session;
    private final Map<String, Tensor> inputs;
    private int step;

    Practice(Bench<?> bench, double learningRate) {
        this.learningRate = learningRate;
        training = StepGraph.of(bench.objective(), StepGraph.Settings.of(Adam.defaults()));
        batch = bench.batch(8, 6);
        start = Weights.initial(training.all(), 1);
        runner = new StepRunner(training, start, Bench.OPTIONS, 1);
        neutral = Neutral.of(bench.objective());
        session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(neutral.graph()), Bench.OPTIONS);
        inputs = Bench.inputsOf(neutral.graph(), Bench.withMiddlingNoise(neutral.training(), batch));
    }

    /** Takes thirty steps. */
    void train() {
        for (int i = 0; i < STEPS; i++) {
            Map<String, Tensor> fed = new LinkedHashMap<>(batch);
            fed.put(GraphBuilder.PROGRESS, Tensor.scalar(Math.min(1, step / (float) STEPS)));
            runner.step(++step, learningRate, fed);
        }
    }

    double loss() {
        Map<String, Tensor> fed = new LinkedHashMap<>(inputs);
        fed.putAll(Parameter.tensors(neutral.graph().parameters(), runner.state()));
        return Column.in(session.run(fed), "loss").floats().get(0);
    }

    /** The trainable parameters that are, to the bit, what they were at the start. */
    List<String> unmoved() {
        Map<String, Tensor> now = runner.state();
        return training.network().values().stream()
                .filter(Parameter::trainable)
                .map(Parameter::name)
                .filter(name -> Objects.requireNonNull(now.get(name))
                        .bytes()
                        .equals(Objects.requireNonNull(start.get(name)).bytes()))
                .toList();
    }

    @Override
    public void close() {
        runner.close();
        session.close();
    }
}

package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

/**
 * What every architecture must satisfy. A plugin's test extends this class and supplies a specimen; the rules are
 * numbered so that a failure names what is broken.
 *
 * @param <C> the architecture's config
 */
public abstract class ArchitectureContract<C extends Record> {
    /** The architecture under test. */
    protected abstract Specimen<C> specimen();

    private Bench<C> bench() {
        return new Bench<>(specimen());
    }

    @Test
    @DisplayName("Rule 1: it has as many parameters as its paper says")
    void rule1ParameterCount() {
        assertThat(bench().network(Mode.INFERENCE).parameterCount())
                .isEqualTo(specimen().parameters());
    }

    @Test
    @DisplayName("Rule 2: building it again, or for training, gives the same parameters in the same order")
    void rule2SameParameters() {
        List<String> first = describe(bench().network(Mode.INFERENCE));
        assertThat(describe(bench().network(Mode.INFERENCE))).isEqualTo(first);
        assertThat(describe(bench().network(Mode.TRAINING))).isEqualTo(first);
    }

    private static List<String> describe(Graph graph) {
        return graph.parameters().values().stream()
                .map(parameter -> parameter.name() + " " + parameter.value().type() + " " + parameter.trainable())
                .toList();
    }

    @Test
    @DisplayName("Rule 3: known weights and inputs give known outputs")
    void rule3Golden() {
        assertThat(specimen().golden()).isNotEmpty();
        try (OnnxSession session = bench().exported()) {
            Map<String, Tensor> outputs = bench().predict(session, bench().batch(2, 1));
            specimen().golden().forEach((name, expected) -> {
                float[] found = Column.in(outputs, name).toFloatArray();
                assertThat(Arrays.copyOf(found, expected.length)).as(name).containsExactly(expected, within(1e-4f));
            });
        }
    }

    @Test
    @DisplayName("Rule 4: in training, gradients agree with the loss's change along random directions")
    void rule4Gradients() {
        GraphBuilder g = new GraphBuilder("gradients", Mode.TRAINING);
        Value loss = bench().objective().build(g);
        Graph plain = g.build().prunedTo(Map.of("loss", loss));
        List<Parameter> trained =
                g.parameters().values().stream().filter(Parameter::trainable).toList();
        List<Value> gradients =
                Gradients.of(g, loss, trained.stream().map(Parameter::value).toList());
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        for (int i = 0; i < trained.size(); i++) {
            outputs.put("d " + trained.get(i).name(), gradients.get(i));
        }
        Held held = Held.of(plain);
        outputs.putAll(held.values());
        Graph graph = g.build().prunedTo(outputs);
        Map<String, Tensor> batch = Bench.inputsOf(graph, Bench.withNoise(graph, bench().batch(4, 2), 1));
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), Bench.OPTIONS);
                OnnxSession losses =
                        OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(held.graph()), Bench.OPTIONS)) {
            for (int direction = 0; direction < 3; direction++) {
                Directional.check(session, losses, batch, bench().weights(), trained, direction);
            }
        }
    }

    @Test
    @DisplayName("Rule 5: the training graph's forward pass, without dropout, gives what the exported file gives")
    void rule5ExportEqualsForward() {
        Neutral neutral = Neutral.of(bench().objective());
        Map<String, Tensor> batch = bench().batch(3, 3);
        Map<String, Tensor> found = run(neutral, batch);
        Map<String, Tensor> weights = new LinkedHashMap<>(bench().weights());
        neutral.statistics().forEach((buffer, output) -> weights.put(buffer, Column.in(found, output)));
        try (OnnxSession exported = bench().loaded(bench().network(Mode.INFERENCE), weights)) {
            Map<String, Tensor> expected = bench().predict(exported, batch);
            assertThat(neutral.answers())
                    .as("outputs in training, among which the exported ones must be")
                    .containsAll(expected.keySet());
            expected.forEach((name, tensor) -> assertClose(name, Column.in(found, name), tensor, 1e-3));
        }
    }

    /** What the training graph gives without its chance, with weights of seed 1. */
    private Map<String, Tensor> run(Neutral neutral, Map<String, Tensor> batch) {
        Graph graph = neutral.graph();
        Map<String, Tensor> inputs = Bench.inputsOf(graph, Bench.withMiddlingNoise(neutral.training(), batch));
        inputs.putAll(Parameter.tensors(graph.parameters(), bench().weights()));
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), Bench.OPTIONS)) {
            return session.run(inputs);
        }
    }

    @Test
    @DisplayName("Rule 6: a batch gives what its examples give alone")
    void rule6SymbolicBatch() {
        Map<String, Tensor> batch = bench().batch(3, 4);
        try (OnnxSession session = bench().exported()) {
            Map<String, Tensor> together = bench().predict(session, batch);
            for (int i = 0; i < 3; i++) {
                Map<String, Tensor> alone = bench().predict(session, Bench.rows(batch, i, i + 1));
                int row = i;
                alone.forEach((name, tensor) ->
                        assertClose(tensor, Column.in(Bench.rows(together, row, row + 1), name), 1e-4));
            }
        }
    }

    @Test
    @DisplayName("Rule 7: many threads get the answers that one gets")
    void rule7Threads() throws InterruptedException, ExecutionException {
        Map<String, Tensor> batch = bench().batch(2, 5);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (OnnxSession session = bench().exported()) {
            Map<String, Tensor> expected = bench().predict(session, batch);
            List<Callable<Map<String, Tensor>>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                calls.add(() -> bench().predict(session, batch));
            }
            for (Future<Map<String, Tensor>> call : pool.invokeAll(calls)) {
                call.get().forEach((name, tensor) -> assertClose(tensor, Column.in(expected, name), 1e-6));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("Rule 8: Adam on one batch lowers the loss by a tenth, within 30 steps or, with much dropout, 120")
    void rule8FallingLoss() {
        try (Practice practice = new Practice(bench(), specimen().learningRate())) {
            double first = practice.loss();
            double last = first;
            for (int round = 0; round < 4 && !(last < 0.9 * first); round++) {
                practice.train();
                last = practice.loss();
            }
            assertThat(last).as("loss, which was %f before training", first).isLessThan(0.9 * first);
        }
    }

    @Test
    @DisplayName("Rule 9: what only training needs is not in the exported graph")
    void rule9NothingOfTraining() {
        Graph graph = bench().network(Mode.INFERENCE);
        assertThat(graph.noises()).isEmpty();
        assertThat(graph.updates()).isEmpty();
        assertThat(graph.nodes().stream().map(Node::op)).doesNotContain("Dropout", "SoftmaxCrossEntropyLoss");
        assertThat(graph.nodes().stream().noneMatch(node -> node.attributes().getFlag("training_mode")))
                .isTrue();
    }

    @Test
    @DisplayName("Rule 10: the exported networks have all parameters and together give what the forward pass gives")
    void rule10ExportedNetworks() {
        Map<String, Graph> graphs = bench().networks();
        assertThat(graphs.values().stream()
                        .flatMap(graph -> describe(graph).stream())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(describe(bench().network(Mode.INFERENCE)));
        assertThat(graphs.values()).allSatisfy(graph -> {
            assertThat(graph.noises()).isEmpty();
            assertThat(graph.inputs()).noneMatch(input -> input.name().equals(GraphBuilder.PROGRESS));
        });
        Map<String, Network> networks = new LinkedHashMap<>();
        graphs.forEach((name, graph) -> networks.put(name, bench().loaded(graph)));
        Map<String, Tensor> batch = bench().batch(3, 3);
        try (OnnxSession whole = bench().exported()) {
            Map<String, Tensor> expected = bench().predict(whole, batch);
            Map<String, Tensor> found = specimen().together().run(networks, batch);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            found.forEach((name, tensor) -> assertClose(tensor, Column.in(expected, name), 1e-5));
        } finally {
            networks.values().forEach(Network::close);
        }
    }

    @Test
    @DisplayName(
            "Rule 11: the task names a decoder or kind that exists, its settings and every output, and it decodes them")
    void rule11Task() {
        Map<String, Tensor> batch = bench().batch(3, 3);
        Graph graph = bench().network(Mode.INFERENCE);
        try (OnnxSession session = bench().exported()) {
            Task task = specimen().architecture().task(specimen().config());
            new TaskCheck(task, labels()).check(Bench.inputsOf(graph, batch), bench().predict(session, batch), session);
        }
    }

    /** The names of the classes that the specimen's config tells apart, where its task's decoder needs them. */
    protected List<String> labels() {
        return List.of();
    }

    @Test
    @DisplayName("Rule 12: inputs and targets are columns that data sets have, and no column of the batch is left over")
    void rule12Columns() {
        Graph graph = bench().objective().graph("columns", Mode.TRAINING);
        Set<String> noises =
                graph.noises().stream().map(noise -> noise.value().name()).collect(Collectors.toSet());
        List<Value> read = graph.inputs().stream()
                .filter(input -> !noises.contains(input.name()))
                .filter(input -> !input.name().equals(GraphBuilder.PROGRESS))
                .toList();
        Map<String, Column> known = new TreeMap<>();
        columns().forEach(column -> known.put(column.name(), column));
        assertThat(read).allSatisfy(input -> {
            assertThat(known)
                    .as("columns of data sets, among them '%s'", input.name())
                    .containsKey(input.name());
            Column column = Objects.requireNonNull(known.get(input.name()));
            assertThat("%s of rank %d".formatted(input.element(), input.rank()))
                    .as("type of '%s'", input.name())
                    .isEqualTo("%s of rank %d"
                            .formatted(column.elementType(), column.axes().size()));
        });
        assertThat(read).extracting(Value::name).containsAll(bench().batch(1, 1).keySet());
    }

    /** The columns that the architecture's data has; those of this project's data sets unless overridden. */
    protected List<Column> columns() {
        return Columns.KNOWN;
    }

    @Test
    @DisplayName("Rule 13: every trainable parameter trains")
    void rule13EveryParameterTrains() {
        try (Practice practice = new Practice(bench(), specimen().learningRate())) {
            practice.train();
            assertThat(practice.unmoved())
                    .as("trainable parameters that no step moves: detached from the loss, or not used")
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("Rule 14: the loss is a mean: a batch twice over has the loss of the batch")
    void rule14MeanLoss() {
        Neutral neutral = Neutral.of(bench().objective());
        Map<String, Tensor> batch = bench().batch(3, 7);
        double once = Column.in(run(neutral, batch), "loss").floats().get(0);
        double twice =
                Column.in(run(neutral, Bench.twice(batch)), "loss").floats().get(0);
        assertThat(twice).as("loss of a batch twice over").isCloseTo(once, within(1e-3 * Math.max(1, Math.abs(once))));
    }

    private static void assertClose(Tensor found, Tensor expected, double tolerance) {
        assertClose("output", found, expected, tolerance);
    }

    private static void assertClose(String name, Tensor found, Tensor expected, double tolerance) {
        assertThat(found.shape()).as(name).isEqualTo(expected.shape());
        if (found.elementType() != ElementType.FLOAT32) {
            assertThat(found.bytes()).as(name).isEqualTo(expected.bytes());
            return;
        }
        float[] a = found.toFloatArray();
        float[] b = expected.toFloatArray();
        for (int i = 0; i < a.length; i++) {
            assertThat((double) a[i])
                    .as("%s, element %d", name, i)
                    .isCloseTo(b[i], within(tolerance * Math.max(1, Math.abs(b[i]))));
        }
    }

    /** A generator for batches: uniform on [−1, 1). */
    protected static Tensor uniform(SplittableRandom random, long... dims) {
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, dims);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        return tensor;
    }
}

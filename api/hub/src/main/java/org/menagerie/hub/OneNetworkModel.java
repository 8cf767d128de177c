package org.menagerie.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.StageClock.Stage;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** A model of one network between a preprocessor and a decoder. */
final class OneNetworkModel<I, O> implements Model<I, O> {
    /** The most inputs in one run: bounds the memory that a long list of inputs takes. */
    private static final int MAX_BATCH = 64;

    private final ModelCard card;
    private final Preprocessor<I> preprocessor;
    private final Network network;
    private final Decoder<O> decoder;
    private final int maxBatch;

    OneNetworkModel(ModelCard card, Preprocessor<I> preprocessor, Network network, Decoder<O> decoder) {
        this.card = card;
        this.preprocessor = preprocessor;
        this.network = network;
        this.decoder = decoder;
        this.maxBatch = maxBatch(network);
    }

    /** A network whose inputs have a fixed first extent takes no more inputs than that at once. */
    private static int maxBatch(Network network) {
        return network.inputs().stream()
                .filter(input -> !input.dims().isEmpty())
                .map(input -> input.dims().get(0))
                .filter(dim -> dim.matches("[1-9]\\d{0,8}"))
                .mapToInt(Integer::parseInt)
                .min()
                .orElse(MAX_BATCH);
    }

    @Override
    public List<O> predict(List<? extends I> inputs) {
        return predict(inputs, new StageClock(card));
    }

    /** The answers, timed by stage. */
    List<O> predict(List<? extends I> inputs, StageClock clock) {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        clock.time(Stage.PREPARE, () -> {
            for (int i = 0; i < inputs.size(); i++) {
                groups.computeIfAbsent(preprocessor.batchKey(inputs.get(i)), k -> new ArrayList<>())
                        .add(i);
            }
            return groups;
        });
        List<@Nullable O> answers = new ArrayList<>(Collections.nCopies(inputs.size(), null));
        for (List<Integer> group : groups.values()) {
            for (int from = 0; from < group.size(); from += maxBatch) {
                List<Integer> batch = group.subList(from, Math.min(group.size(), from + maxBatch));
                CallScope.current().check();
                List<O> batchAnswers = run(batch.stream().<I>map(inputs::get).toList(), clock);
                IntStream.range(0, batch.size()).forEach(i -> answers.set(batch.get(i), batchAnswers.get(i)));
            }
        }
        return List.copyOf(answers);
    }

    private List<O> run(List<? extends I> batch, StageClock clock) {
        clock.batch(batch.size());
        try (Prepared prepared = clock.time(Stage.PREPARE, () -> preprocessor.prepare(batch))) {
            Map<String, Tensor> outputs = clock.time(Stage.RUN, () -> network.run(prepared.tensors()));
            List<O> answers = clock.time(Stage.DECODE, () -> decoder.decode(prepared, new Inference(outputs, network)));
            if (answers.size() != batch.size() || answers.stream().anyMatch(Objects::isNull)) {
                throw new ZooException(
                        "Model %s failed in its decoder: expected %d answers and none of them null, found %s; this is a fault of the model's plugin"
                                .formatted(
                                        card.name(),
                                        batch.size(),
                                        answers.size() == batch.size() ? "a null among them" : answers.size()));
            }
            return answers;
        }
    }

    /** One prediction, stage by stage. */
    Trace trace(I input) {
        Prepared prepared = preprocessor.prepare(List.of(input));
        Map<String, Tensor> outputs = network.run(prepared.tensors());
        O answer = decoder.decode(prepared, new Inference(outputs, network)).get(0);
        return new Trace(prepared.tensors(), outputs, answer);
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        network.close();
        preprocessor.close();
    }
}

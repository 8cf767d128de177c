package org.menagerie.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;

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
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            groups.computeIfAbsent(preprocessor.batchKey(inputs.get(i)), k -> new ArrayList<>())
                    .add(i);
        }
        List<@Nullable O> answers = new ArrayList<>(Collections.nCopies(inputs.size(), null));
        for (List<Integer> group : groups.values()) {
            for (int from = 0; from < group.size(); from += maxBatch) {
                List<Integer> batch = group.subList(from, Math.min(group.size(), from + maxBatch));
                List<O> batchAnswers = run(batch.stream().<I>map(inputs::get).toList());
                IntStream.range(0, batch.size()).forEach(i -> answers.set(batch.get(i), batchAnswers.get(i)));
            }
        }
        return List.copyOf(answers);
    }

    private List<O> run(List<? extends I> batch) {
        try (Prepared prepared = preprocessor.prepare(batch)) {
            List<O> answers = decoder.decode(prepared, new Inference(network.run(prepared.tensors()), network));
            if (answers.size() != batch.size()) {
                throw new IllegalStateException("The decoder of %s gave %d answers to %d inputs"
                        .formatted(card.name(), answers.size(), batch.size()));
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

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
import org.menagerie.spi.Look;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.MergingDecoder.Seen;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** A model of one network between a preprocessor and a decoder, which may look at each input more than once. */
final class OneNetworkModel<I, O> implements Model<I, O> {
    /** The most inputs in one run: bounds the memory that a long list of inputs takes. */
    private static final int MAX_BATCH = 64;

    private final ModelCard card;
    private final Preprocessor<I> preprocessor;
    private final Network network;
    private final Decoder<O> decoder;
    private final List<Look<I>> looks;
    private final int maxBatch;

    /**
     * @param looks those beside the plain one; none unless the decoder is a {@link MergingDecoder}
     */
    OneNetworkModel(
            ModelCard card, Preprocessor<I> preprocessor, Network network, Decoder<O> decoder, List<Look<I>> looks) {
        this.card = card;
        this.preprocessor = preprocessor;
        this.network = network;
        this.decoder = decoder;
        this.looks = looks;
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
                groups.computeIfAbsent(batchKey(inputs.get(i)), k -> new ArrayList<>())
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

    /** Inputs share a batch if they do in every look. */
    private Object batchKey(I input) {
        if (looks.isEmpty()) {
            return preprocessor.batchKey(input);
        }
        List<Object> keys = new ArrayList<>(List.of(preprocessor.batchKey(input)));
        looks.forEach(look -> keys.add(preprocessor.batchKey(look.view(input))));
        return keys;
    }

    private List<O> run(List<? extends I> batch, StageClock clock) {
        clock.batch(batch.size());
        List<Prepared> open = new ArrayList<>();
        try {
            List<Seen> seen = new ArrayList<>();
            Prepared plain = clock.time(Stage.PREPARE, () -> preprocessor.prepare(batch));
            open.add(plain);
            seen.add(new Seen(plain, inference(plain, clock)));
            for (Look<I> look : looks) {
                CallScope.current().check();
                Prepared prepared = clock.time(Stage.PREPARE, () -> prepare(look, batch));
                open.add(prepared);
                seen.add(new Seen(prepared, inference(prepared, clock)));
            }
            List<O> answers = clock.time(Stage.DECODE, () -> decode(seen));
            if (answers.size() != batch.size() || answers.stream().anyMatch(Objects::isNull)) {
                throw new ZooException(
                        "Model %s failed in its decoder: expected %d answers and none of them null, found %s; this is a fault of the model's plugin"
                                .formatted(
                                        card.name(),
                                        batch.size(),
                                        answers.size() == batch.size() ? "a null among them" : answers.size()));
            }
            return answers;
        } finally {
            open.forEach(Prepared::close);
        }
    }

    private Inference inference(Prepared prepared, StageClock clock) {
        return new Inference(clock.time(Stage.RUN, () -> network.run(prepared.tensors())), network);
    }

    /** The batch as a look sees it, with origins that lead back to the inputs themselves. */
    private Prepared prepare(Look<I> look, List<? extends I> batch) {
        Prepared seen = preprocessor.prepare(batch.stream().map(look::view).toList());
        List<Origin> origins = IntStream.range(0, batch.size())
                .mapToObj(i -> look.origin(seen.origins().get(i), batch.get(i)))
                .toList();
        return new Prepared(seen.tensors(), origins, seen.release());
    }

    private List<O> decode(List<Seen> seen) {
        if (seen.size() > 1 && decoder instanceof MergingDecoder<O> merging) {
            return merging.merge(seen);
        }
        return decoder.decode(seen.get(0).prepared(), seen.get(0).inference());
    }

    /** One prediction, stage by stage; the tensors are those of the plain look. */
    Trace trace(I input) {
        Prepared prepared = preprocessor.prepare(List.of(input));
        Map<String, Tensor> outputs = network.run(prepared.tensors());
        O answer = looks.isEmpty()
                ? decoder.decode(prepared, new Inference(outputs, network)).get(0)
                : predict(List.of(input)).get(0);
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

package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.menagerie.graph.Architecture;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;

/**
 * The sequence-to-sequence plugin's {@code g2p-lstm} without dropout, on 128 words of 9 letters and up to 8 phonemes: both
 * LSTMs of width 512, the encoder's in two directions, with multiplicative attention.
 */
final class Seq2SeqWorkload {
    private static final String VARIANT = "g2p-lstm";
    private static final int WORDS = 128;
    private static final int LETTERS = 9;
    private static final int TOKENS = 10;
    private static final int HIDDEN = 512;

    private Seq2SeqWorkload() {}

    static Workload create() {
        SplittableRandom random = new SplittableRandom(13);
        int[] lengths = new int[WORDS];
        long[] phonemes = new long[WORDS * TOKENS];
        for (int word = 0; word < WORDS; word++) {
            lengths[word] = LETTERS;
            int end = TOKENS - 1 - random.nextInt(3);
            for (int i = 0; i <= end; i++) {
                phonemes[word * TOKENS + i] = i == 0 ? 1 : i == end ? 2 : random.nextInt(3, 42);
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put(
                "spelling",
                Tensor.of(random.longs((long) WORDS * LETTERS, 1, 28).toArray(), WORDS, LETTERS));
        batch.put("spelling_length", Tensor.of(lengths, WORDS));
        batch.put("phonemes", Tensor.of(phonemes, WORDS, TOKENS));
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withOffline(true))) {
            Architecture<?> seq2seq =
                    Objects.requireNonNull(zoo.components(Architecture.class).get("seq2seq"));
            return new Workload(
                    "sequence to sequence, width 512, batch 128", objective(seq2seq), Seq2SeqWorkload::peer, batch);
        }
    }

    private static <C extends Record> Objective objective(Architecture<C> seq2seq) {
        ObjectNode config = new ObjectMapper().valueToTree(seq2seq.variants().get(VARIANT));
        config.put("dropout", 0);
        return Objective.of(seq2seq, TreeSettings.of(VARIANT, config).as(seq2seq.configType()));
    }

    private static NDArray peer(Map<String, NDArray> parameters, Map<String, NDArray> batch) {
        Torch torch = new Torch(parameters);
        NDArray spelling = RandomBatches.input(batch, "spelling");
        NDArray phonemes = RandomBatches.input(batch, "phonemes");
        NDArray zeros = spelling.getManager().zeros(new Shape(2, WORDS, HIDDEN / 2));
        NDList read = lstm(torch, "encoder", spelling, List.of("", "_reverse"), new NDList(zeros, zeros));
        NDArray memory = read.get(0).transpose(1, 0, 2);
        NDList start = new NDList(joined(read.get(1)), joined(read.get(2)));
        NDArray fed = phonemes.get(new NDIndex(":, :-1"));
        NDArray state = lstm(torch, "decoder", fed, List.of(""), start).get(0).transpose(1, 0, 2);
        NDArray scores = torch.linear("attention.score", state).matMul(memory.transpose(0, 2, 1));
        NDArray both = NDArrays.concat(new NDList(scores.softmax(2).matMul(memory), state), 2);
        NDArray logits =
                torch.linear("out", torch.linear("attention.combine", both).tanh());
        NDArray next = phonemes.get(new NDIndex(":, 1:"));
        NDArray counts = next.neq(0).toType(DataType.FLOAT32, false);
        return logits.logSoftmax(2)
                .mul(next.oneHot(42, DataType.FLOAT32))
                .sum(new int[] {2})
                .mul(counts)
                .sum()
                .neg()
                .div(counts.sum());
    }

    private static NDList lstm(Torch torch, String side, NDArray tokens, List<String> directions, NDList start) {
        NDList weights = new NDList();
        for (String direction : directions) {
            for (String kind : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
                weights.add(torch.get(side + ".rnn." + kind + "_l0" + direction));
            }
        }
        NDArray x = Embedding.embedding(
                        tokens.transpose(1, 0), torch.get(side + ".embedding.weight"), SparseFormat.DENSE)
                .singletonOrThrow();
        return x.getNDArrayInternal().lstm(x, start, weights, true, 1, 0, true, directions.size() == 2, false);
    }

    /** The last states of both directions beside each other. */
    private static NDArray joined(NDArray states) {
        return states.transpose(1, 0, 2).reshape(1, WORDS, HIDDEN);
    }
}

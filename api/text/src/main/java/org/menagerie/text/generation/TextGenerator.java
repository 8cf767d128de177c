package org.menagerie.text.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.decoding.Hypothesis;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Writes a text for a text: an encoder reads all characters once, a recurrent decoder writes token by token.
 *
 * <p>Two networks, the artifacts {@code encoder} and {@code step}. The encoder takes characters {@code i64[N,S]} and their
 * numbers {@code i32[N]} to {@code memory f32[N,S,H]} and {@code state f32[N,K]}; {@link RecurrentSteps} says what the step
 * takes and gives. Several inputs are searched for at once. Thread-safe.
 */
final class TextGenerator implements Model<String, GeneratedTexts> {
    /** Rows of the step network in one search: more gain nothing on a processor of a few cores. */
    private static final int MOST_ROWS = 256;

    private final GenerationSettings settings;
    private final ModelCard card;
    private final Alphabet alphabet;
    private final int start;
    private final int end;
    private final boolean[] forbidden;
    private final Network encoder;
    private final Network step;

    TextGenerator(GenerationSettings settings, ModelCard card, Artifacts artifacts) {
        this.settings = settings;
        this.card = card;
        this.alphabet = new Alphabet(settings.characters(), settings.lowerCaseOrDefault());
        this.start = token(settings.startOrDefault());
        this.end = token(settings.endOrDefault());
        this.forbidden = new boolean[card.labels().size()];
        forbidden[0] = true;
        forbidden[start] = true;
        this.encoder = artifacts.network("encoder");
        try {
            this.step = artifacts.network("step");
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
        if (settings.attentionOrDefault()
                && step.outputs().stream().noneMatch(output -> output.name().equals("attention"))) {
            close();
            throw new SettingException(
                    List.of("attention"),
                    "Model '%s' has no attention to show: its step network gives %s"
                            .formatted(card.name(), step.outputs()));
        }
    }

    private int token(String label) {
        int token = card.labels().indexOf(label);
        if (token < 1) {
            throw new ZooException("Model '%s' needs '%s' among its labels, after the padding; they are %s"
                    .formatted(card.name(), label, card.labels()));
        }
        return token;
    }

    @Override
    public List<GeneratedTexts> predict(List<? extends String> inputs) {
        List<List<String>> texts = inputs.stream().map(alphabet::split).toList();
        List<GeneratedTexts> answers = new ArrayList<>();
        int size = Math.max(1, MOST_ROWS / settings.width());
        for (int from = 0; from < texts.size(); from += size) {
            answers.addAll(answer(texts.subList(from, Math.min(texts.size(), from + size)), from));
        }
        return answers;
    }

    /** @param place of the first text among all */
    private List<GeneratedTexts> answer(List<List<String>> texts, int place) {
        int draws = settings.samples() ? settings.width() : 1;
        RecurrentSteps steps = new RecurrentSteps(
                step,
                new RecurrentSteps.Source(encode(texts), draws),
                texts.size() * settings.width(),
                forbidden,
                settings.attentionOrDefault());
        List<List<Hypothesis>> found = settings.samples()
                ? groups(settings.sampling(start, end, place).generate(steps, texts.size() * draws), draws)
                : settings.search(start, end).search(steps, texts.size());
        List<GeneratedTexts> answers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            List<String> read = texts.get(i);
            answers.add(new GeneratedTexts(found.get(i).stream()
                    .map(hypothesis -> written(hypothesis, read, steps))
                    .toList()));
        }
        return answers;
    }

    private Map<String, Tensor> encode(List<List<String>> texts) {
        Tensor lengths = Tensor.of(texts.stream().mapToInt(List::size).toArray(), texts.size());
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(settings.input(), alphabet.encode(texts));
        inputs.put(settings.input() + "_length", lengths);
        Map<String, Tensor> encoded = new HashMap<>(encoder.run(inputs));
        step.inputs().stream()
                .filter(input -> inputs.containsKey(input.name()))
                .forEach(input -> encoded.put(input.name(), required(inputs, input.name())));
        return encoded;
    }

    private static List<List<Hypothesis>> groups(List<Hypothesis> drawn, int size) {
        List<List<Hypothesis>> groups = new ArrayList<>();
        for (int from = 0; from < drawn.size(); from += size) {
            groups.add(drawn.subList(from, from + size));
        }
        return groups;
    }

    private GeneratedText written(Hypothesis hypothesis, List<String> read, RecurrentSteps steps) {
        List<String> tokens = new ArrayList<>();
        for (int token : hypothesis.tokens()) {
            tokens.add(card.labels().get(token));
        }
        return new GeneratedText(
                String.join(settings.separatorOrDefault(), tokens),
                tokens,
                hypothesis.score(),
                hypothesis.logProbability(),
                hypothesis.ended(),
                settings.attentionOrDefault() ? Optional.of(map(hypothesis, tokens, read, steps)) : Optional.empty());
    }

    private AttentionMap map(Hypothesis hypothesis, List<String> tokens, List<String> read, RecurrentSteps steps) {
        List<String> rows = new ArrayList<>(tokens);
        if (hypothesis.ended()) {
            rows.add(card.labels().get(end));
        }
        float[][] weights = new float[rows.size()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = steps.attention(i, hypothesis.rows()[i], read.size());
        }
        return new AttentionMap(read, rows, weights);
    }

    static Tensor required(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ZooException("The encoder gives no '%s'; it gives %s".formatted(name, tensors.keySet()));
        }
        return tensor;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        encoder.close();
        step.close();
    }
}

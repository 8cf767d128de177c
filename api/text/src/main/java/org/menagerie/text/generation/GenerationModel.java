package org.menagerie.text.generation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Constraints;
import org.menagerie.decoding.Drawing;
import org.menagerie.decoding.Hypothesis;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.SettingException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Writes texts token by token: an encoder reads an input once, or a prompt is read, and a step network writes.
 *
 * <p>Inputs that can share a run are searched for together. Thread-safe.
 */
final class GenerationModel<I> implements Model<I, GeneratedTexts>, TextGenerator<I> {
    /** Rows of the step network in one search: more gain nothing on a processor of a few cores. */
    private static final int MOST_ROWS = 256;

    private final GenerationSettings settings;
    private final ModelCard card;
    private final Reading<I> reading;
    private final Vocabulary vocabulary;
    private final SpecialTokens special;
    private final DecoderNetworks networks;
    private final Constraints constraints;

    private GenerationModel(
            GenerationSettings settings,
            ModelCard card,
            Reading<I> reading,
            Vocabulary vocabulary,
            DecoderNetworks networks) {
        this.settings = settings;
        this.card = card;
        this.reading = reading;
        this.vocabulary = vocabulary;
        this.special = SpecialTokens.of(card, vocabulary, settings, networks.encoder() != null);
        this.networks = networks;
        this.constraints = settings.constraints(vocabulary, special);
        int declared = StepSignature.vocabulary(networks.step());
        if (declared >= 0 && declared != vocabulary.size()) {
            throw new CardException("Model '%s' has %d tokens, but its step network gives logits of %d"
                    .formatted(card.name(), vocabulary.size(), declared));
        }
        if (settings.covers()) {
            requireAttention("coverage", "that a coverage penalty could count");
        }
        if (settings.attentionOrDefault()) {
            requireAttention("attention", "to show");
        }
    }

    private void requireAttention(String setting, String purpose) {
        if (!networks.signature().attention() || networks.encoder() == null) {
            throw new SettingException(
                    List.of(setting),
                    "Model '%s' has no attention to an encoded input %s: its step network gives %s"
                            .formatted(card.name(), purpose, networks.step().outputs()));
        }
    }

    /** A model that reads texts: characters by an encoder, or prompts. */
    static Model<String, GeneratedTexts> ofTexts(GenerationSettings settings, ModelCard card, Artifacts artifacts) {
        Vocabulary vocabulary = Vocabulary.of(settings, card, artifacts::file);
        boolean encodes = card.artifacts().containsKey("encoder");
        if (encodes != (settings.input() != null && settings.characters() != null)) {
            throw new CardException(
                    encodes
                            ? "Model '%s' has an encoder: its kind needs 'input' and 'characters', or the card a preprocessor"
                                    .formatted(card.name())
                            : "Model '%s' has no encoder that 'input' and 'characters' could feed; leave them out"
                                    .formatted(card.name()));
        }
        Reading<String> reading = encodes
                ? new Readings.Characters(
                        new Alphabet(String.valueOf(settings.characters()), settings.lowerCaseOrDefault()),
                        String.valueOf(settings.input()))
                : new Readings.Prompts(
                        vocabulary,
                        SpecialTokens.of(card, vocabulary, settings, false).start());
        return closing(
                vocabulary,
                card,
                artifacts,
                networks -> new GenerationModel<>(settings, card, reading, vocabulary, networks));
    }

    /** A model whose encoder is fed by a preprocessor. */
    static <I> Model<I, GeneratedTexts> of(
            GenerationSettings settings, ModelCard card, Artifacts artifacts, Preprocessor<I> preprocessor) {
        if (!card.artifacts().containsKey("encoder") || settings.characters() != null) {
            throw new CardException(
                    "Model '%s' names a preprocessor: that needs an artifact 'encoder' and no setting 'characters'"
                            .formatted(card.name()));
        }
        Vocabulary vocabulary = Vocabulary.of(settings, card, artifacts::file);
        return closing(
                vocabulary,
                card,
                artifacts,
                networks -> new GenerationModel<>(
                        settings, card, new Readings.Prepares<>(preprocessor), vocabulary, networks));
    }

    /** Makes a model of a card's networks; if that fails, nothing stays open. */
    private static <M> M closing(
            Vocabulary vocabulary, ModelCard card, Artifacts artifacts, Function<DecoderNetworks, M> make) {
        try {
            DecoderNetworks networks = DecoderNetworks.of(card, artifacts);
            try {
                return make.apply(networks);
            } catch (RuntimeException e) {
                networks.close();
                throw e;
            }
        } catch (RuntimeException e) {
            vocabulary.close();
            throw e;
        }
    }

    @Override
    public List<GeneratedTexts> predict(List<? extends I> inputs) {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            groups.computeIfAbsent(reading.key(inputs.get(i)), key -> new ArrayList<>())
                    .add(i);
        }
        List<@Nullable GeneratedTexts> answers = new ArrayList<>(Collections.nCopies(inputs.size(), null));
        int size = Math.max(1, MOST_ROWS / settings.width());
        int place = 0;
        for (List<Integer> group : groups.values()) {
            for (int from = 0; from < group.size(); from += size) {
                CallScope.current().check();
                List<Integer> part = group.subList(from, Math.min(group.size(), from + size));
                List<GeneratedTexts> found =
                        answer(part.stream().<I>map(inputs::get).toList(), place);
                for (int i = 0; i < part.size(); i++) {
                    answers.set(part.get(i), found.get(i));
                }
                place += part.size();
            }
        }
        return List.copyOf(answers);
    }

    /** @param place of the first input among all, by which draws differ */
    private List<GeneratedTexts> answer(List<I> inputs, int place) {
        try (Reading.Batch batch = reading.read(inputs)) {
            int draws = settings.samples() ? settings.width() : 1;
            NetworkSteps steps = steps(batch, inputs.size(), draws, inputs.size() * settings.width());
            List<List<Hypothesis>> found = settings.samples()
                    ? groups(
                            settings.sampling(special, constraints, place).generate(steps, inputs.size() * draws),
                            draws)
                    : settings.beamSearch(special, constraints).search(steps, inputs.size());
            List<GeneratedTexts> answers = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                List<GeneratedText> texts = new ArrayList<>();
                for (Hypothesis hypothesis : found.get(i)) {
                    texts.add(written(hypothesis, batch, i, steps));
                }
                answers.add(new GeneratedTexts(texts));
            }
            return answers;
        }
    }

    private NetworkSteps steps(Reading.Batch batch, int inputs, int draws, int rows) {
        Map<String, Tensor> given = new LinkedHashMap<>(batch.encoderInputs());
        if (networks.encoder() != null) {
            given.putAll(networks.encoder().run(batch.encoderInputs()));
        }
        return new NetworkSteps(
                networks,
                new NetworkSteps.Source(inputs, given, batch.prompts(), draws, batch.lengths()),
                rows,
                special.forbidden(),
                settings.attentionOrDefault() || settings.covers());
    }

    private static List<List<Hypothesis>> groups(List<Hypothesis> drawn, int size) {
        List<List<Hypothesis>> groups = new ArrayList<>();
        for (int from = 0; from < drawn.size(); from += size) {
            groups.add(drawn.subList(from, from + size));
        }
        return groups;
    }

    private GeneratedText written(Hypothesis hypothesis, Reading.Batch batch, int input, NetworkSteps steps) {
        List<String> tokens = new ArrayList<>();
        for (int token : hypothesis.tokens()) {
            tokens.add(vocabulary.label(token));
        }
        List<Double> logs = new ArrayList<>();
        for (double log : hypothesis.logs()) {
            logs.add(log);
        }
        return new GeneratedText(
                settings.stops().cut(vocabulary.text(hypothesis.tokens())),
                tokens,
                hypothesis.score(),
                hypothesis.logProbability(),
                logs,
                hypothesis.ended(),
                settings.attentionOrDefault()
                        ? Optional.of(map(hypothesis, tokens, batch.parts().get(input), input, steps))
                        : Optional.empty());
    }

    private AttentionMap map(
            Hypothesis hypothesis, List<String> tokens, List<String> parts, int input, NetworkSteps steps) {
        List<String> rows = new ArrayList<>(tokens);
        if (hypothesis.rows().length > tokens.size()) {
            rows.add(vocabulary.label(special.end()));
        }
        float[][] weights = new float[rows.size()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = steps.attention(i, hypothesis.rows()[i], input);
        }
        return new AttentionMap(parts, rows, weights);
    }

    @Override
    public boolean canBeFollowed() {
        return settings.streams();
    }

    @Override
    public Stream<GeneratedPiece> stream(I input) {
        return new GeneratedPieces(begin(input)).stream();
    }

    @Override
    public GeneratedText write(I input, Consumer<? super GeneratedPiece> listener) {
        Begun begun = begin(input);
        try (Stream<GeneratedPiece> pieces = new GeneratedPieces(begun).stream()) {
            pieces.forEach(listener);
        }
        return written(begun.drawing().answers().get(0), begun.batch(), 0, begun.steps());
    }

    /** What a text is written from, while it is. */
    record Begun(
            Drawing drawing,
            Vocabulary vocabulary,
            int end,
            StopStrings stops,
            Reading.Batch batch,
            NetworkSteps steps) {}

    private Begun begin(I input) {
        if (!settings.streams()) {
            throw new ZooException(
                    "Model '%s' is set to compare %d texts, which are known at the end only; load it with beam 1 or a temperature, and nBest 1, to follow one"
                            .formatted(card.name(), settings.width()));
        }
        Reading.Batch batch = reading.read(List.of(input));
        try {
            NetworkSteps steps = steps(batch, 1, 1, 1);
            return new Begun(
                    settings.sampling(special, constraints, 0).begin(steps, 1),
                    vocabulary,
                    special.end(),
                    settings.stops(),
                    batch,
                    steps);
        } catch (RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        networks.close();
        reading.close();
        vocabulary.close();
    }
}

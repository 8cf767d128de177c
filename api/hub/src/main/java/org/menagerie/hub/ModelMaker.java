package org.menagerie.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.Binding;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.util.Types;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.Look;
import org.menagerie.spi.LookKind;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.Suggestions;

/** Makes models out of cards and the components that plugins bind. */
final class ModelMaker {
    private static final String NETWORK = "model";

    private final Injector injector;

    ModelMaker(Injector injector) {
        this.injector = injector;
    }

    /**
     * A model before it is made: types are known, settings are checked, no file is fetched.
     *
     * @param name the model's name
     * @param input what it will take
     * @param output what it will answer
     * @param make makes it
     */
    record Design<I, O>(String name, Class<I> input, Class<O> output, Function<Artifacts, Model<I, O>> make) {
        Model<I, O> make(Artifacts artifacts) {
            return make.apply(artifacts);
        }

        /** Fails unless the model takes and answers these types. */
        Design<I, O> expecting(Class<?> expectedInput, Class<?> expectedOutput) {
            if (!input.isAssignableFrom(expectedInput) || !expectedOutput.isAssignableFrom(output)) {
                throw new ZooException("Model '%s' takes %s and answers %s; it was asked for as %s to %s"
                        .formatted(
                                name,
                                input.getName(),
                                output.getName(),
                                expectedInput.getName(),
                                expectedOutput.getName()));
            }
            return this;
        }
    }

    /**
     * Finds a card's components and checks their settings.
     *
     * @param overrides settings of the decoder or kind that the caller replaces, by name
     * @throws org.menagerie.spi.SettingException if the component does not have one of the overrides or refuses it
     */
    Design<?, ?> design(ModelCard card, Map<String, JsonNode> overrides) {
        CallSettings settings = new CallSettings(signature(card), decoding(card));
        if (card.kind().isPresent()) {
            return card.preprocessor().isPresent()
                    ? prepared(card, preprocessor(card), kind(card), settings, overrides)
                    : whole(card, kind(card), settings, overrides);
        }
        return oneNetwork(card, preprocessor(card), decoder(card), settings, overrides);
    }

    /** What is known of a card's model before it is made. */
    ModelSignature signature(ModelCard card) {
        if (card.kind().isPresent()) {
            ModelKind<?, ?, ?> kind = kind(card);
            Class<?> input =
                    card.preprocessor().isPresent() ? preprocessor(card).input() : kind.input();
            return signature(card, "kind", input, kind.output(), kind.settings(), List.of());
        }
        DecoderKind<?, ?> decoder = decoder(card);
        return signature(
                card,
                "decoder",
                preprocessor(card).input(),
                decoder.output(),
                decoder.settings(),
                decoder.merges() ? List.of(MergingDecoder.SETTING) : List.of());
    }

    private static ModelSignature signature(
            ModelCard card,
            String role,
            Class<?> input,
            Class<?> output,
            Class<? extends Record> settings,
            List<String> more) {
        return new ModelSignature(
                card.name(),
                input,
                output,
                "%s '%s'".formatted(role, decoding(card).name()),
                Stream.concat(
                                Arrays.stream(settings.getRecordComponents()).map(RecordComponent::getName),
                                more.stream())
                        .toList());
    }

    /** The component whose settings a caller may replace. */
    private static Component decoding(ModelCard card) {
        return card.kind().or(card::decoder).orElseThrow();
    }

    private ModelKind<?, ?, ?> kind(ModelCard card) {
        return component(card, "kind", ModelKind.class, card.kind().orElseThrow());
    }

    private PreprocessorKind<?, ?> preprocessor(ModelCard card) {
        return component(
                card,
                "preprocessor",
                PreprocessorKind.class,
                card.preprocessor().orElseThrow());
    }

    private DecoderKind<?, ?> decoder(ModelCard card) {
        return component(card, "decoder", DecoderKind.class, card.decoder().orElseThrow());
    }

    private <I, O, S extends Record> Design<I, O> whole(
            ModelCard card, ModelKind<I, O, S> kind, CallSettings given, Map<String, JsonNode> overrides) {
        S settings = given.as(kind.settings(), overrides);
        return new Design<>(
                card.name(),
                kind.input(),
                kind.output(),
                artifacts -> kind.create().create(settings, card, artifacts));
    }

    private <I, P extends Record, O, S extends Record> Design<I, O> prepared(
            ModelCard card,
            PreprocessorKind<I, P> preprocessorKind,
            ModelKind<?, O, S> kind,
            CallSettings given,
            Map<String, JsonNode> overrides) {
        ModelKind.CreatePrepared<O, S> create = kind.prepared()
                .orElseThrow(() -> new CardException(
                        "Card %s.md: the kind '%s' prepares its inputs itself; leave out the preprocessor '%s'"
                                .formatted(
                                        card.name(),
                                        decoding(card).name(),
                                        card.preprocessor().orElseThrow().name())));
        P preprocessorSettings = card.preprocessor().orElseThrow().settings().as(preprocessorKind.settings());
        S settings = given.as(kind.settings(), overrides);
        return new Design<>(card.name(), preprocessorKind.input(), kind.output(), artifacts -> {
            Preprocessor<I> preprocessor = preprocessorKind.create().create(preprocessorSettings, artifacts);
            try {
                return create.create(settings, card, artifacts, preprocessor);
            } catch (RuntimeException e) {
                preprocessor.close();
                throw e;
            }
        });
    }

    private <I, P extends Record, O, D extends Record> Design<I, O> oneNetwork(
            ModelCard card,
            PreprocessorKind<I, P> preprocessorKind,
            DecoderKind<O, D> decoderKind,
            CallSettings decoderSettings,
            Map<String, JsonNode> overrides) {
        P preprocessorSettings = card.preprocessor().orElseThrow().settings().as(preprocessorKind.settings());
        List<Look<I>> looks = List.of();
        CallSettings ownSettings = decoderSettings;
        Map<String, JsonNode> ownOverrides = overrides;
        if (decoderKind.merges()) {
            looks = new Looks<>(preprocessorKind.input(), looks()).of(decoderSettings, overrides);
            ownSettings = decoderSettings.without(MergingDecoder.SETTING);
            ownOverrides = new HashMap<>(overrides);
            ownOverrides.remove(MergingDecoder.SETTING);
        }
        Decoder<O> decoder = decoderKind.create().apply(ownSettings.as(decoderKind.settings(), ownOverrides), card);
        List<Look<I>> taken = looks;
        return new Design<>(card.name(), preprocessorKind.input(), decoderKind.output(), artifacts -> {
            Preprocessor<I> preprocessor = preprocessorKind.create().create(preprocessorSettings, artifacts);
            try {
                return new OneNetworkModel<>(card, preprocessor, artifacts.network(NETWORK), decoder, taken);
            } catch (RuntimeException e) {
                preprocessor.close();
                throw e;
            }
        });
    }

    private Map<String, LookKind<?, ?>> looks() {
        Map<String, LookKind<?, ?>> looks = new HashMap<>();
        components(LookKind.class).forEach(looks::put);
        return looks;
    }

    /** The stages of a model of one network; empty if a kind makes the whole model. */
    Optional<Stages<?, ?>> stages(ModelCard card, Artifacts artifacts) {
        return card.kind().isPresent()
                ? Optional.empty()
                : Optional.of(stages(card, preprocessor(card), decoder(card), artifacts));
    }

    private <I, P extends Record, O, D extends Record> Stages<I, O> stages(
            ModelCard card, PreprocessorKind<I, P> preprocessor, DecoderKind<O, D> decoder, Artifacts artifacts) {
        P prepares = card.preprocessor().orElseThrow().settings().as(preprocessor.settings());
        CallSettings all = new CallSettings(signature(card), decoding(card));
        CallSettings own = decoder.merges() ? all.without(MergingDecoder.SETTING) : all;
        D decodes = own.as(decoder.settings(), Map.of());
        return new Stages<>(
                card,
                preprocessor.input(),
                preprocessor.create().create(prepares, artifacts),
                decoder.create().apply(decodes, card));
    }

    private <T> T component(ModelCard card, String role, Class<T> type, Component component) {
        Map<String, T> known = components(type);
        T found = known.get(component.name());
        if (found == null) {
            throw new CardException("Card %s.md: no plugin has a %s '%s'%s; known are %s"
                    .formatted(
                            card.name(),
                            role,
                            component.name(),
                            Suggestions.didYouMean(component.name(), known.keySet()),
                            known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known.keySet()))));
        }
        return found;
    }

    /** Holds the bound components by name, under the type that each is bound as. */
    Map<Class<?>, Map<String, ?>> components() {
        Map<Class<?>, Map<String, ?>> all = new HashMap<>();
        for (Key<?> key : injector.getAllBindings().keySet()) {
            if (key.getTypeLiteral().getType() instanceof ParameterizedType map
                    && map.getRawType() == Map.class
                    && map.getActualTypeArguments()[0] == String.class
                    && map.getActualTypeArguments()[1] instanceof Class<?> type) {
                all.put(type, components(type));
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    <T> Map<String, T> components(Class<T> type) {
        Key<?> key = Key.get(Types.mapOf(String.class, type));
        Binding<?> binding = injector.getExistingBinding(key);
        return binding == null
                ? Map.of()
                : (Map<String, T>) binding.getProvider().get();
    }
}

package org.menagerie.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.Injector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.catalog.Catalogs.Card;
import org.menagerie.hub.input.Inputs;
import org.menagerie.hub.source.Source;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.Providers;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.Answers;
import org.menagerie.spi.input.InputKind;

/**
 * The door that a host application opens: finds models by name, fetches them, and runs them.
 *
 * <pre>{@code
 * try (Zoo zoo = Zoo.open();
 *         var lenet = zoo.load("lenet-fashion-mnist", Image.class, Classifications.class)) {
 *     Classifications answer = lenet.predict(image);
 * }
 * }</pre>
 *
 * <p>Thread-safe. Opening reads no card and loads no native library.
 */
public final class Zoo implements AutoCloseable {
    private final Hub hub;
    private final Plugins plugins;
    private final ModelMaker maker;
    private final Set<SharedModel<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Zoo(Hub hub, Plugins plugins, Injector injector) {
        this.hub = hub;
        this.plugins = plugins;
        this.maker = new ModelMaker(injector);
        hub.use(() -> maker.components(Source.class));
    }

    /** A zoo with {@link ZooOptions#defaults()}. */
    public static Zoo open() {
        return open(ZooOptions.defaults());
    }

    public static Zoo open(ZooOptions options) {
        Hub hub = new Hub(options);
        Plugins plugins = hub.plugins();
        return new Zoo(hub, plugins, plugins.injector());
    }

    /** Cards, files and catalogs without the plugins. */
    public Hub hub() {
        return hub;
    }

    /** Every card that can be read, by name. */
    public List<ModelCard> cards() {
        return hub.catalogs().read().cards().stream().map(Card::card).toList();
    }

    /** Every plugin, catalog and card that does not work and why, a sentence each. */
    public List<String> problems() {
        return Stream.concat(plugins.problems().stream(), hub.catalogs().read().problems().stream())
                .toList();
    }

    /**
     * The card of a model.
     *
     * @throws org.menagerie.spi.UnknownModelException if no catalog has it, naming those that are nearly so called
     */
    public ModelCard card(String name) {
        return hub.catalogs().find(name).read();
    }

    /**
     * A model that takes and answers the given types, ready to predict. Fetches its files if they are not here.
     *
     * @throws ZooException if the model has other types, or cannot be had
     */
    public <I, O> Model<I, O> load(String name, Class<I> input, Class<O> output) {
        CardFile file = hub.catalogs().find(name);
        ModelCard card = file.read();
        return cast(load(file, card, maker.design(card, Map.of()).expecting(input, output))
                .model());
    }

    /** A model with the types that its card gives it. */
    public TypedModel<?, ?> load(String name) {
        return load(name, Map.of());
    }

    /**
     * A model with the types that its card gives it, some settings of its decoder or kind replaced.
     *
     * @param overrides settings by name, among those of the model's {@linkplain #signature signature}
     * @throws org.menagerie.spi.SettingException if the component does not have one of them, refuses its value or would
     *     ignore it
     */
    public TypedModel<?, ?> load(String name, Map<String, JsonNode> overrides) {
        CardFile file = hub.catalogs().find(name);
        ModelCard card = file.read();
        return load(file, card, maker.design(card, overrides));
    }

    /** What the model takes and answers, and the settings that a caller may replace. Fetches nothing. */
    public ModelSignature signature(String name) {
        return maker.signature(card(name));
    }

    private <I, O> TypedModel<I, O> load(CardFile file, ModelCard card, ModelMaker.Design<I, O> design) {
        if (closed) {
            throw new IllegalStateException("The zoo is closed");
        }
        ZooHome.useForNatives(hub.options().home());
        CardArtifacts artifacts = hub.artifacts(file, card, components(NetworkFormat.class));
        SharedModel.Watch watch =
                new SharedModel.Watch(hub.options().limit(), hub.options().listener());
        SharedModel<I, O> model = new SharedModel<>(design.make(artifacts), design.input(), watch, open::remove);
        open.add(model);
        return new TypedModel<>(model, design.input(), design.output(), artifacts.device());
    }

    /**
     * The checked file of a model's artifact; fetched if it is not here.
     *
     * @throws ZooException if the card has no such artifact, or it cannot be had
     */
    public Path artifact(String name, String artifact) {
        CardFile file = hub.catalogs().find(name);
        return hub.artifacts(file, file.read()).file(artifact);
    }

    /**
     * What a model does before and after its network; empty if the model is more than one network. Fetches the files that the
     * preprocessor needs.
     */
    public Optional<Stages<?, ?>> stages(String name) {
        CardFile file = hub.catalogs().find(name);
        ModelCard card = file.read();
        return maker.stages(card, hub.artifacts(file, card, components(NetworkFormat.class)));
    }

    /** The caller has asked the design whether the types fit. */
    @SuppressWarnings("unchecked")
    private static <I, O> Model<I, O> cast(Model<?, ?> model) {
        return (Model<I, O>) model;
    }

    /** All components that plugins bind by name: for each type, those of that type. */
    public Map<Class<?>, Map<String, ?>> components() {
        return maker.components();
    }

    /**
     * Returns the components that plugins bind by name under a word for each type: {@code optimizer} for {@code OptimizerKind},
     * {@code network-format} for {@code NetworkFormat}. Words and names are in alphabetical order.
     */
    public Map<String, Map<String, ?>> kinds() {
        Map<String, Map<String, ?>> kinds = new TreeMap<>();
        components().forEach((type, bound) -> {
            String word = type.getSimpleName()
                    .replaceFirst("(?<=.)Kind$", "")
                    .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT);
            kinds.put(word, new TreeMap<>(bound));
        });
        return kinds;
    }

    /** The components of a type that plugins bind by name, such as architectures. */
    public <T> Map<String, T> components(Class<T> type) {
        return maker.components(type);
    }

    /** How answers are told as text, as JSON, as pictures and as rows of a table: the kinds that plugins bring. */
    public Answers answers() {
        List<AnswerKind<?>> kinds = new ArrayList<>();
        components(AnswerKind.class).values().forEach(kinds::add);
        return new Answers(kinds);
    }

    /**
     * Finds and reads inputs of a type.
     *
     * @throws ZooException if no plugin brings such inputs; the message lists those that can be read
     */
    public <I> Inputs<I> inputs(Class<I> type) {
        List<InputKind<?>> kinds = new ArrayList<>();
        components(InputKind.class).values().forEach(kinds::add);
        return new Inputs<>(Inputs.kind(type, kinds), hub.options().offline());
    }

    /** The plugins that work. */
    public List<PluginInfo> plugins() {
        return plugins.loaded().stream().map(Plugins.Loaded::info).toList();
    }

    /** The plugins that do not work and why, a sentence each. */
    public List<String> pluginFailures() {
        return plugins.problems();
    }

    /** What plugins offer only where a module is that this program does not have, such as training; a sentence each. */
    public List<String> leftOut() {
        return plugins.leftOut();
    }

    /**
     * The devices that models can run on here: the CPU, and each GPU that CUDA can use.
     *
     * @throws ZooException if ONNX Runtime cannot be loaded
     */
    public List<Device> devices() {
        ZooHome.useForNatives(hub.options().home());
        return Providers.devices();
    }

    /** Closes every model that was loaded, once predictions under way have ended, and the plugins. Idempotent. */
    @Override
    public void close() {
        closed = true;
        open.forEach(SharedModel::close);
        if (hub.options().classLoader() instanceof PluginFolder folder) {
            try {
                folder.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The jars of the plugins cannot be closed", e);
            }
        }
    }

    /**
     * Closes every model that was loaded, and the plugins; predictions still under way after a time limit are stopped, and
     * throw a {@link org.menagerie.spi.CancelledException}.
     */
    public void close(Duration limit) {
        closed = true;
        long end = System.nanoTime() + limit.toNanos();
        for (SharedModel<?, ?> model : open) {
            model.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        close();
    }
}

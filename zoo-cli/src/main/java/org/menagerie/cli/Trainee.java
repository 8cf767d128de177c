package org.menagerie.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.menagerie.graph.Architecture;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.spi.settings.SettingValue;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.Subject;

/**
 * What {@code zoo train} was asked to train.
 *
 * @param name as it was asked for
 * @param architecture the name that its architecture is bound under
 * @param built builds the graph
 * @param config what the architecture's config is before the command's changes
 * @param ofData whether the config's {@code classes}, {@code letters}, {@code channels} and {@code size} follow the data, as
 *     those of a card do not
 * @param recipe what a card states; nothing for an architecture
 */
record Trainee(
        String name, String architecture, Architecture<?> built, ObjectNode config, boolean ofData, Recipe recipe) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A trainee with its config settled.
     *
     * @param config for the card
     */
    record Chosen(Subject subject, ObjectNode config) {}

    /** The architecture, variant or model of a name; of an unknown name, the error lists what can be trained. */
    static Trainee find(Zoo zoo, String name) {
        Map<String, Architecture<?>> architectures = architectures(zoo);
        for (var entry : architectures.entrySet()) {
            Architecture<?> architecture = entry.getValue();
            Record variant = architecture.variants().get(name);
            if (variant != null) {
                return new Trainee(
                        name, entry.getKey(), architecture, JSON.valueToTree(variant), true, Recipe.defaults());
            }
            if (entry.getKey().equals(name)) {
                return new Trainee(name, name, architecture, JSON.createObjectNode(), true, Recipe.defaults());
            }
        }
        ModelCard card;
        try {
            card = zoo.card(name);
        } catch (UnknownModelException e) {
            TreeSet<String> known = new TreeSet<>(architectures.keySet());
            architectures.values().forEach(a -> known.addAll(a.variants().keySet()));
            throw new UnknownModelException(
                    "Nothing called '%s' can be trained; architectures are %s, and models of the catalogs"
                            .formatted(name, String.join(", ", known)),
                    e);
        }
        return of(card, architectures);
    }

    /** The architectures that plugins bring, by the name they are bound under. */
    private static Map<String, Architecture<?>> architectures(Zoo zoo) {
        Map<String, Architecture<?>> architectures = new TreeMap<>();
        zoo.components(Architecture.class).forEach((name, architecture) -> architectures.put(name, architecture));
        return architectures;
    }

    private static Trainee of(ModelCard card, Map<String, Architecture<?>> architectures) {
        ModelCard.Component component = card.architecture()
                .orElseThrow(() -> new UnknownModelException(
                        "Model '%s' was made elsewhere: its card names no architecture to train"
                                .formatted(card.name())));
        Architecture<?> architecture = architectures.get(component.name());
        if (architecture == null) {
            throw new UnknownModelException("Model '%s' has architecture '%s', which no plugin brings; plugins bring %s"
                    .formatted(card.name(), component.name(), new TreeSet<>(architectures.keySet())));
        }
        Recipe recipe = card.recipe().map(r -> r.as(Recipe.class)).orElse(Recipe.defaults());
        return new Trainee(
                card.name(),
                component.name(),
                architecture,
                (ObjectNode) component.settings().tree(),
                false,
                recipe);
    }

    /** The trainee for some data, with config values from the command line. */
    Chosen configured(Map<String, String> changes, DatasetInfo data) {
        ObjectNode settled = config.deepCopy();
        if (ofData) {
            extents(data).forEach((key, extent) -> {
                if (takes(key)) {
                    settled.put(key, extent);
                }
            });
        }
        return configured(settled, changes);
    }

    /** The trainee as it is, with config values from the command line. */
    Chosen configured(Map<String, String> changes) {
        return configured(config.deepCopy(), changes);
    }

    private Chosen configured(ObjectNode settled, Map<String, String> changes) {
        changes.forEach((key, text) -> settled.set(key, SettingValue.of(text)));
        return new Chosen(subject(built, settled), settled);
    }

    private boolean takes(String key) {
        return Arrays.stream(built.configType().getRecordComponents())
                .anyMatch(component -> component.getName().equals(key));
    }

    /** What a network must fit: the numbers of labels and letters, and of square pictures the channels and the side. */
    private static Map<String, Integer> extents(DatasetInfo data) {
        Map<String, Integer> extents = new TreeMap<>();
        if (!data.labels().isEmpty()) {
            extents.put("classes", data.labels().size());
        }
        if (!data.alphabet().isEmpty()) {
            extents.put("letters", data.alphabet().size());
        }
        for (Column column : data.columns()) {
            List<String> axes = column.axes();
            if (axes.size() == 4
                    && axes.get(2).equals(axes.get(3))
                    && axes.stream().skip(1).allMatch(axis -> axis.matches("\\d+"))) {
                extents.put("channels", Integer.valueOf(axes.get(1)));
                extents.put("size", Integer.valueOf(axes.get(2)));
            }
        }
        return extents;
    }

    private <C extends Record> Subject subject(Architecture<C> typed, ObjectNode settled) {
        C settings = TreeSettings.of("--config of " + architecture, settled).as(typed.configType());
        return Subject.of(name, typed, settings);
    }
}

package org.menagerie.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.plugin.NamedConfig;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.RowStatistics;
import org.menagerie.training.recipe.Subject;

/**
 * An architecture found by a name: its own, that of a variant, or that of a model whose card states it.
 *
 * @param name as it was asked for
 * @param architecture the name that the architecture is bound under
 * @param built builds the graph
 * @param config the config's stated fields
 * @param fitsData whether the config's {@code classes}, {@code letters}, {@code features}, {@code channels} and {@code size} follow
 *     the data, as those of a card do not
 * @param recipe what a card states; nothing for an architecture
 */
public record NamedArchitecture(
        String name, String architecture, Architecture<?> built, ObjectNode config, boolean fitsData, Recipe recipe) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The architecture, variant or model of a name; of an unknown name, the error lists what can be trained. */
    public static NamedArchitecture find(Zoo zoo, String name) {
        Optional<NamedConfig> found = NamedConfig.search(zoo.components(Architecture.class), name);
        if (found.isPresent()) {
            NamedConfig config = found.get();
            return new NamedArchitecture(
                    name, config.architecture(), config.built(), config.fields(), true, Recipe.defaults());
        }
        ModelCard card;
        try {
            card = zoo.card(name);
        } catch (UnknownModelException e) {
            Set<String> known = NamedConfig.names(zoo.components(Architecture.class));
            throw new UnknownModelException(
                    "Nothing called '%s' can be trained; architectures are %s, and models of the catalogs"
                            .formatted(name, String.join(", ", known)),
                    e);
        }
        return of(zoo, card);
    }

    /** The architecture that a model's card states. */
    static NamedArchitecture of(Zoo zoo, ModelCard card) {
        ModelCard.Component component = card.architecture()
                .orElseThrow(() -> new UnknownModelException(
                        "Model '%s' was made elsewhere: its card names no architecture to train"
                                .formatted(card.name())));
        Architecture<?> architecture = zoo.components(Architecture.class).get(component.name());
        if (architecture == null) {
            throw new UnknownModelException("Model '%s' has architecture '%s', which no plugin brings; plugins bring %s"
                    .formatted(
                            card.name(),
                            component.name(),
                            new TreeSet<>(zoo.components(Architecture.class).keySet())));
        }
        Recipe recipe = card.recipe().map(r -> r.as(Recipe.class)).orElse(Recipe.defaults());
        return new NamedArchitecture(
                card.name(),
                component.name(),
                architecture,
                (ObjectNode) component.settings().tree(),
                false,
                recipe);
    }

    /** This architecture with a config that fits some data, but for the given changes. */
    NamedArchitecture configured(Map<String, ?> changes, DatasetInfo data) {
        ObjectNode settled = fitsData
                ? new NamedConfig(architecture, built, config)
                        .fitted(extents(data))
                        .fields()
                : config.deepCopy();
        return with(settled, changes);
    }

    /** This architecture with changes of its config. */
    public NamedArchitecture configured(Map<String, ?> changes) {
        return with(config.deepCopy(), changes);
    }

    private NamedArchitecture with(ObjectNode settled, Map<String, ?> changes) {
        changes.forEach((key, value) -> settled.set(key, JSON.<JsonNode>valueToTree(value)));
        return new NamedArchitecture(name, architecture, built, settled, fitsData, recipe);
    }

    /**
     * Returns the extents that a network must fit: the numbers of labels, letters and features of a row, and for square images the
     * channels and the side.
     */
    private static Map<String, Integer> extents(DatasetInfo data) {
        Map<String, Integer> extents = new TreeMap<>();
        if (!data.labels().isEmpty()) {
            extents.put("classes", data.labels().size());
        }
        if (!data.vocabulary().isEmpty()) {
            extents.put("letters", data.vocabulary().size());
        }
        for (Column column : data.columns()) {
            List<String> axes = column.axes();
            if (RowStatistics.isRow(column)) {
                extents.put("features", Integer.valueOf(axes.get(1)));
            }
            if (axes.size() == 4
                    && axes.get(2).equals(axes.get(3))
                    && axes.stream().skip(1).allMatch(axis -> axis.matches("\\d+"))) {
                extents.put("channels", Integer.valueOf(axes.get(1)));
                extents.put("size", Integer.valueOf(axes.get(2)));
            }
        }
        return extents;
    }

    /**
     * Returns the network with this config as the subject of a training.
     *
     * @throws org.menagerie.spi.ZooException if the config has an unknown field or one with a wrong value
     */
    public Subject subject() {
        return subject(built);
    }

    private <C extends Record> Subject subject(Architecture<C> typed) {
        return Subject.of(
                name,
                typed,
                TreeSettings.of("config of " + architecture, config).as(typed.configType()));
    }
}

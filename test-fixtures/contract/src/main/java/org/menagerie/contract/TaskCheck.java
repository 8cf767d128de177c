package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.menagerie.fixtures.Cards;
import org.menagerie.graph.Task;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.Network;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Settings;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.settings.TreeSettings;

/**
 * Holds what an architecture says of its task against the components that plugins on the class path bind.
 *
 * @param task what the architecture says
 * @param labels the classes of the specimen
 */
record TaskCheck(Task task, List<String> labels) {
    /**
     * Finds the decoder or kind, reads its settings, and decodes the outputs of a batch.
     *
     * @param inputs what the network was fed
     */
    void check(Map<String, Tensor> inputs, Map<String, Tensor> outputs, Network network) {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withOffline(true))) {
            if (task.whole()) {
                ModelKind<?, ?, ?> kind = named(zoo, "kind", ModelKind.class);
                assertThat(task.settings().keySet())
                        .as("settings of the task, which must be fields of kind '%s'", task.decoder())
                        .isSubsetOf(fields(kind.settings()));
                return;
            }
            DecoderKind<?, ?> kind = named(zoo, "decoder", DecoderKind.class);
            Set<String> texts = texts(task.settings().values()).collect(Collectors.toSet());
            assertThat(outputs.keySet())
                    .as(
                            "outputs of the exported network, which the settings %s of its task must all name",
                            task.settings())
                    .isSubsetOf(texts);
            task.settings().forEach((name, value) -> {
                if (name.startsWith("output")) {
                    assertThat(texts(List.of(value)))
                            .as("setting '%s' of the task, which must name outputs of the exported network", name)
                            .isSubsetOf(outputs.keySet());
                }
            });
            decode(kind, inputs, new Inference(outputs, network));
        }
    }

    private <T> T named(Zoo zoo, String role, Class<T> type) {
        Map<String, T> known = zoo.components(type);
        assertThat(known)
                .as(
                        "the task's %s '%s' among those that plugins bind: %s",
                        role, task.decoder(), new TreeSet<>(known.keySet()))
                .containsKey(task.decoder());
        return Objects.requireNonNull(known.get(task.decoder()));
    }

    private <O, S extends Record> void decode(DecoderKind<O, S> kind, Map<String, Tensor> inputs, Inference inference) {
        ObjectNode tree = new ObjectMapper().valueToTree(task.settings());
        Settings settings = TreeSettings.of("The task's settings", tree);
        ModelCard card = Cards.labelled("specimen", task.name(), labels);
        Tensor first = inputs.values().iterator().next();
        int size = (int) first.shape().dim(0);
        Prepared prepared = new Prepared(inputs, Collections.nCopies(size, origin(first)));
        assertThat(kind.create(settings, card).decode(prepared, inference))
                .as("answers of decoder '%s' to a batch of %d", task.decoder(), size)
                .hasSize(size)
                .doesNotContainNull();
    }

    private static Origin origin(Tensor input) {
        if (input.shape().rank() != 4) {
            return new Origin.None();
        }
        int height = (int) input.shape().dim(2);
        int width = (int) input.shape().dim(3);
        return new Origin.Image(width, height, width, height, 1, 1, 0, 0);
    }

    private static Set<String> fields(Class<? extends Record> settings) {
        return Stream.of(settings.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    /** Every text in settings, in lists and maps too. */
    private static Stream<String> texts(Collection<?> values) {
        return values.stream().flatMap(value -> {
            if (value instanceof Collection<?> list) {
                return texts(list);
            }
            if (value instanceof Map<?, ?> map) {
                return texts(map.values());
            }
            return value instanceof String text ? Stream.of(text) : Stream.empty();
        });
    }
}

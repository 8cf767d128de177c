package org.menagerie.training.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;

/**
 * What is trained.
 *
 * @param name for people, for example {@code lenet}
 * @param objective the network and its loss
 * @param task what it is for
 * @param pretrained weights to start from, by parameter name; others are initialised
 * @param trains which parameters move
 * @param provenance what the exported file says of it, for example architecture and config
 */
public record Subject(
        String name,
        Objective objective,
        Task task,
        Map<String, Tensor> pretrained,
        Predicate<String> trains,
        Map<String, String> provenance) {
    public Subject {
        pretrained = Map.copyOf(pretrained);
        provenance = Map.copyOf(provenance);
    }

    /** A new network of an architecture. */
    public static <C extends Record> Subject of(String name, Architecture<C> architecture, C config) {
        return new Subject(
                name,
                Objective.of(architecture, config),
                architecture.task(config),
                Map.of(),
                parameter -> true,
                Map.of("menagerie.architecture", name, "menagerie.config", ProvenanceJson.of(config)));
    }

    /** The network as it is exported: no loss, no targets, no scalar metrics. */
    public Graph network() {
        Graph whole = objective.build(Mode.INFERENCE).g().build();
        Map<String, Value> outputs = new LinkedHashMap<>();
        whole.outputs().forEach((output, value) -> {
            if (value.rank() > 0) {
                outputs.put(output, value);
            }
        });
        return whole.prunedTo(outputs);
    }
}

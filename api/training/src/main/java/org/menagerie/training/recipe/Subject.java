package org.menagerie.training.recipe;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Task;
import org.menagerie.graph.export.ExportedNetworks;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;

/**
 * What is trained.
 *
 * @param name for people, for example {@code lenet}
 * @param objective the network and its loss
 * @param networks what is exported, by artifact name
 * @param task what it is for
 * @param pretrained weights to start from, by parameter name; others are initialised
 * @param trains which parameters move
 * @param provenance what the exported file says of it, for example architecture and config
 */
public record Subject(
        String name,
        Objective objective,
        Supplier<Map<String, Graph>> networks,
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
                () -> ExportedNetworks.of(architecture, config),
                architecture.task(config),
                Map.of(),
                parameter -> true,
                ExportedNetworks.provenance(name, config));
    }

    /** A network of one graph, trained for another loss than an architecture's own. */
    public static Subject of(
            String name,
            Objective objective,
            Task task,
            Map<String, Tensor> pretrained,
            Predicate<String> trains,
            Map<String, String> provenance) {
        return new Subject(
                name,
                objective,
                () -> Map.of(Architecture.MODEL, network(name, objective)),
                task,
                pretrained,
                trains,
                provenance);
    }

    private static Graph network(String name, Objective objective) {
        GraphBuilder g = new GraphBuilder(name, Mode.INFERENCE);
        objective.build(g);
        return ExportedNetworks.of(g);
    }

    /** The network of a subject that has one only. */
    Graph network() {
        Map<String, Graph> all = networks.get();
        Graph network = all.get(Architecture.MODEL);
        if (network == null || all.size() > 1) {
            throw new InvalidInputException("'%s' is exported as several networks, %s; this takes a model of one"
                    .formatted(name, all.keySet()));
        }
        return network;
    }
}

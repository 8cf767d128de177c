package org.menagerie.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.training.optimizer.FirstOrder;

/**
 * Parameters that the optimizer moves as one vector. An optimizer has about a dozen nodes, and starting a node costs as
 * much as computing some thousand elements: small parameters are laid end to end, large ones, whose copies would cost
 * more than nodes, stay alone.
 *
 * @param name of the group's optimizer state
 * @param members one large, or all small parameters
 * @param parameter the members' elements
 * @param gradient of the members' elements
 */
record ParameterGroup(String name, List<Parameter> members, Value parameter, Value gradient) {
    /** The name of the group of small parameters. */
    static final String SMALL = "small_parameters";

    private static final long LARGEST = 1 << 16;

    /** Fewer are not worth joining and parting. */
    private static final int FEWEST = 4;

    /** All trained parameters in groups, each with its gradient; what the optimizer needs whole stays alone. */
    static List<ParameterGroup> of(
            GraphBuilder g, FirstOrder optimizer, List<Parameter> trained, List<Value> gradients) {
        List<ParameterGroup> groups = new ArrayList<>();
        List<Integer> small = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            Parameter parameter = trained.get(i);
            if (parameter.size() <= LARGEST
                    && parameter.value().element() == ElementType.FLOAT32
                    && !optimizer.needsWhole(parameter.value().type())) {
                small.add(i);
            } else {
                groups.add(alone(parameter, gradients.get(i)));
            }
        }
        if (small.size() < FEWEST) {
            small.forEach(i -> groups.add(alone(trained.get(i), gradients.get(i))));
        } else {
            List<Parameter> members = small.stream().map(trained::get).toList();
            groups.add(new ParameterGroup(
                    SMALL,
                    members,
                    joined(g, members.stream().map(Parameter::value).toList()),
                    joined(g, small.stream().map(gradients::get).toList())));
        }
        return groups;
    }

    private static ParameterGroup alone(Parameter parameter, Value gradient) {
        return new ParameterGroup(parameter.name(), List.of(parameter), parameter.value(), gradient);
    }

    private static Value joined(GraphBuilder g, List<Value> parts) {
        return g.concat(
                0,
                parts.stream()
                        .map(part -> part.rank() == 1 ? part : g.reshape(part, -1))
                        .toList());
    }

    /** Gives the members their new values. */
    void update(GraphBuilder g, Value next) {
        if (members.size() == 1) {
            g.update(members.get(0).value(), next);
            return;
        }
        List<Value> parts =
                g.split(next, 0, members.stream().mapToLong(Parameter::size).toArray());
        IntStream.range(0, members.size()).forEach(i -> {
            Value value = members.get(i).value();
            g.update(
                    value,
                    value.rank() == 1
                            ? parts.get(i)
                            : g.reshape(parts.get(i), value.type().shape().dims()));
        });
    }
}

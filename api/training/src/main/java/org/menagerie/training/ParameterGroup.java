package org.menagerie.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 */
record ParameterGroup(String name, List<Parameter> members) {
    /** The name of the group of small parameters. */
    static final String SMALL = "small_parameters";

    private static final long LARGEST = 1 << 16;

    /** Fewer are not worth joining and parting. */
    private static final int FEWEST = 4;

    /** All trained parameters in groups; what the optimizer needs whole stays alone. */
    static List<ParameterGroup> of(FirstOrder optimizer, List<Parameter> trained) {
        List<ParameterGroup> groups = new ArrayList<>();
        List<Parameter> small = new ArrayList<>();
        for (Parameter parameter : trained) {
            if (parameter.size() <= LARGEST
                    && parameter.value().element() == ElementType.FLOAT32
                    && !optimizer.needsWhole(parameter.value().type())) {
                small.add(parameter);
            } else {
                groups.add(alone(parameter));
            }
        }
        if (small.size() < FEWEST) {
            small.forEach(parameter -> groups.add(alone(parameter)));
        } else {
            groups.add(new ParameterGroup(SMALL, List.copyOf(small)));
        }
        return groups;
    }

    private static ParameterGroup alone(Parameter parameter) {
        return new ParameterGroup(parameter.name(), List.of(parameter));
    }

    /** The members' elements. */
    Value parameter(GraphBuilder g) {
        return joined(g, members.stream().map(Parameter::value).toList());
    }

    /** The members' elements of something that there is of each parameter, such as its gradient, by the parameter's name. */
    Value joined(GraphBuilder g, Map<String, Value> ofEach) {
        return joined(
                g,
                members.stream()
                        .map(member -> Weights.in(ofEach, member.name()))
                        .toList());
    }

    private static Value joined(GraphBuilder g, List<Value> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
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

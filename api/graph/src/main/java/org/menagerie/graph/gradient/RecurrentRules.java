package org.menagerie.graph.gradient;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/**
 * Recurrent layers. All gates are computed again by products over the whole sequence, then one {@code Scan} goes back
 * through time with as few nodes a step as there can be.
 */
final class RecurrentRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("RNN", (g, n, dys) -> {
                String activation = activations(n, 1).get(0);
                if (!activation.equals("tanh") && !activation.equals("relu")) {
                    throw new GraphException(n + ": no gradient for activation '" + activation + "'");
                }
                return perDirection(g, n, dys, pass -> RnnGradient.of(pass, activation.equals("relu")));
            }),
            entry("GRU", (g, n, dys) -> {
                requireActivations(n, "sigmoid", "tanh");
                boolean linearFirst = n.attributes().getFlag("linear_before_reset");
                return perDirection(
                        g, n, dys, pass -> linearFirst ? GruGradient.resetAfter(pass) : GruGradient.resetBefore(pass));
            }),
            entry("LSTM", (g, n, dys) -> {
                requireActivations(n, "sigmoid", "tanh", "tanh");
                if (n.has(7) || n.attributes().getFlag("input_forget")) {
                    throw new GraphException(n + ": no gradient with peepholes or coupled gates");
                }
                return perDirection(g, n, dys, LstmGradient::of);
            }));

    private RecurrentRules() {}

    /**
     * The gradients of one direction's inputs.
     *
     * @param x {@code [T, N, input]}
     * @param w {@code [gates*hidden, input]}
     * @param r {@code [gates*hidden, hidden]}
     * @param b {@code [2*gates*hidden]}
     * @param h {@code [N, hidden]}, of the initial state
     * @param c {@code [N, hidden]}, of the initial cell; null where there is none
     */
    record Parts(
            Value x,
            Value w,
            Value r,
            Value b,
            Value h,
            @Nullable Value c) {}

    /** The backward pass of a cell. */
    private interface Cell {
        Parts backward(Pass pass);
    }

    private static List<@Nullable Value> perDirection(GraphBuilder g, Node n, List<@Nullable Value> dys, Cell cell) {
        if (n.attributes().has("clip")) {
            throw new GraphException(n + ": no gradient with 'clip'");
        }
        String direction = n.attributes().getText("direction", "forward");
        List<Parts> parts = new ArrayList<>();
        if (!direction.equals("reverse")) {
            parts.add(cell.backward(new Pass(g, n, dys, 0, false)));
        }
        if (!direction.equals("forward")) {
            parts.add(cell.backward(new Pass(g, n, dys, parts.size(), true)));
        }
        Value dx = parts.size() == 1
                ? parts.get(0).x()
                : g.add(parts.get(0).x(), parts.get(1).x());
        List<@Nullable Value> gradients = new ArrayList<>();
        gradients.add(dx);
        gradients.add(stacked(g, parts.stream().map(Parts::w).toList()));
        gradients.add(stacked(g, parts.stream().map(Parts::r).toList()));
        gradients.add(stacked(g, parts.stream().map(Parts::b).toList()));
        gradients.add(null);
        gradients.add(stacked(g, parts.stream().map(Parts::h).toList()));
        List<Value> cells = new ArrayList<>();
        for (Parts part : parts) {
            if (part.c() != null) {
                cells.add(part.c());
            }
        }
        gradients.add(cells.isEmpty() ? null : stacked(g, cells));
        return gradients;
    }

    private static Value stacked(GraphBuilder g, List<Value> values) {
        List<Value> rows = values.stream().map(value -> g.unsqueeze(value, 0)).toList();
        return rows.size() == 1 ? rows.get(0) : g.concat(0, rows);
    }

    /** The names of the activations, lower case, tanh where none are given; both directions must have the same. */
    private static List<String> activations(Node n, int each) {
        Attribute given = null;
        for (Map.Entry<String, Attribute> attribute : n.attributes().entries()) {
            given = attribute.getKey().equals("activations") ? attribute.getValue() : given;
        }
        if (!(given instanceof Attribute.Texts texts)) {
            return List.of("tanh");
        }
        List<String> names = texts.values().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        if (names.size() % each != 0
                || !names.subList(0, each).equals(names.subList(names.size() - each, names.size()))) {
            throw new GraphException(n + ": no gradient with activations " + names);
        }
        return names.subList(0, each);
    }

    private static void requireActivations(Node n, String... standard) {
        List<String> expected = List.of(standard);
        if (n.attributes().has("activations")
                && !activations(n, standard.length).equals(expected)) {
            throw new GraphException("%s: no gradient for activations %s; %s have one"
                    .formatted(n, activations(n, standard.length), expected));
        }
    }
}

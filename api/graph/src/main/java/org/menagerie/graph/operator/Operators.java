package org.menagerie.graph.operator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.menagerie.graph.GraphException;

/**
 * Every operator that the builder knows: those of ONNX's opset {@value #OPSET}, of version 1 of {@code com.microsoft} as far as they
 * are listed here, and what plugins {@link #declare}. Thread-safe.
 */
public final class Operators {
    public static final int OPSET = 17;

    private static final Map<String, Operator> ALL = Collections.synchronizedMap(new LinkedHashMap<>());

    static {
        Stream.of(
                        ElementwiseOperators.all(),
                        ReductionOperators.all(),
                        ShapeOperators.all(),
                        IndexingOperators.all(),
                        LinearOperators.all(),
                        ConvolutionOperators.all(),
                        NormalizationOperators.all(),
                        RecurrentOperators.all(),
                        LossOperators.all(),
                        ControlOperators.all())
                .flatMap(List::stream)
                .forEach(operator -> ALL.put(key(operator.domain(), operator.name()), operator));
    }

    private Operators() {}

    private static String key(String domain, String name) {
        return domain.isEmpty() ? name : domain + "." + name;
    }

    /**
     * Makes an operator known to all builders of this process, from now on: one of a domain of the plugin's own, or one of {@code
     * com.microsoft} that is not listed here. A plugin does so in its {@code configure}; doing it again changes nothing. How its
     * gradient is taken says a {@code Rule} that the plugin binds.
     *
     * @throws GraphException if it is in ONNX's own domain, or another operator of its name takes other inputs or attributes
     */
    public static void declare(Operator operator) {
        String key = key(operator.domain(), operator.name());
        if (operator.domain().isEmpty()) {
            throw new GraphException(
                    "'%s' cannot be declared: the operators without a domain are ONNX's own".formatted(key));
        }
        Operator known = ALL.putIfAbsent(key, operator);
        if (known != null && !known.takesTheSame(operator)) {
            throw new GraphException("Operator '%s' is declared already, with %s; found one with %s"
                    .formatted(key, known.signature(), operator.signature()));
        }
    }

    public static Optional<Operator> find(String domain, String name) {
        return Optional.ofNullable(ALL.get(key(domain, name)));
    }

    /**
     * Refuses an operator that is not declared.
     *
     * @param graph the name of the graph that it is for
     * @throws GraphException listing operators of similar names
     */
    public static void require(String graph, String domain, String name) {
        if (find(domain, name).isEmpty()) {
            throw new GraphException("Graph '%s': no operator '%s' is declared; similar are %s"
                    .formatted(
                            graph,
                            key(domain, name),
                            all().stream()
                                    .map(Operator::name)
                                    .filter(known -> known.regionMatches(true, 0, name, 0, Math.min(3, name.length())))
                                    .toList()));
        }
    }

    public static Collection<Operator> all() {
        synchronized (ALL) {
            return List.copyOf(ALL.values());
        }
    }
}

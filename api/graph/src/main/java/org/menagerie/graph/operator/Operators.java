package org.menagerie.graph.operator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.menagerie.graph.GraphException;

/** Every operator that the builder knows, in opset {@value #OPSET} of ONNX and version 1 of {@code com.microsoft}. */
public final class Operators {
    public static final int OPSET = 17;

    private static final Map<String, Operator> ALL = new LinkedHashMap<>();

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
                            ALL.values().stream()
                                    .map(Operator::name)
                                    .filter(known -> known.regionMatches(true, 0, name, 0, Math.min(3, name.length())))
                                    .toList()));
        }
    }

    public static Collection<Operator> all() {
        return Collections.unmodifiableCollection(ALL.values());
    }
}

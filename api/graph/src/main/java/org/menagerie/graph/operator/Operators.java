package org.menagerie.graph.operator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    public static Collection<Operator> all() {
        return Collections.unmodifiableCollection(ALL.values());
    }
}

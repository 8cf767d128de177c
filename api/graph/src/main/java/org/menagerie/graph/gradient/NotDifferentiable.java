package org.menagerie.graph.gradient;

import java.util.HashMap;
import java.util.Map;

/** The operators that no gradient passes through, each with the reason. */
final class NotDifferentiable {
    static final Map<String, String> REASONS = reasons();

    private NotDifferentiable() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        return Map.copyOf(reasons);
    }
}

package org.menagerie.graph.gradient;

import java.util.Map;

/** ONNX's loss operators. */
final class LossRules {
    static final Map<String, Rule> RULES = Map.of();

    private LossRules() {}
}

package org.menagerie.graph.gradient;

import static org.menagerie.graph.gradient.Rule.grads;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules that let only what is positive pass backward through rectifiers. */
final class GuidedRules {
    /** ReLU's relatives; those with two inputs have settings as the others. */
    private static final List<String> RELATIVES =
            List.of("LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Clip");

    static final Map<String, Rule> GUIDED = guided();
    static final Map<String, Rule> DECONVNET = deconvnet();

    private GuidedRules() {}

    private static Map<String, Rule> guided() {
        Map<String, Rule> rules = new HashMap<>();
        rules.put("Relu", Rule.of((g, n, dy) -> grads(ActivationRules.reluGradient(g, n, g.relu(dy)))));
        for (String relative : RELATIVES) {
            Rule standard = GradientRules.standard(relative);
            rules.put(
                    relative,
                    Rule.of((g, n, dy) ->
                            standard.apply(g, n, List.of(g.mul(g.relu(dy), ActivationRules.step(g, n.in(0)))))));
        }
        return rules;
    }

    private static Map<String, Rule> deconvnet() {
        Map<String, Rule> rules = new HashMap<>();
        rules.put("Relu", Rule.of((g, n, dy) -> grads(g.relu(dy))));
        for (String relative : RELATIVES) {
            rules.put(relative, Rule.of((g, n, dy) -> grads(g.relu(dy))));
        }
        return rules;
    }
}

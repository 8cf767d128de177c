package org.menagerie.graph.gradient;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.menagerie.graph.Node;

/**
 * The gradient rules by operator, and the operators through which no gradient passes with the reason. Immutable.
 */
public final class GradientRules {
    private static final GradientRules STANDARD = new GradientRules(
            merged(List.of(
                    ArithmeticRules.RULES,
                    TrigonometricRules.RULES,
                    ActivationRules.RULES,
                    ReductionRules.RULES,
                    ShapeRules.RULES,
                    IndexingRules.RULES,
                    LinearRules.RULES,
                    ConvolutionRules.RULES,
                    PoolingRules.RULES,
                    ResamplingRules.RULES,
                    NormalizationRules.RULES,
                    ScalingRules.RULES,
                    RecurrentRules.RULES,
                    LossRules.RULES)),
            ControlRules.RULES,
            NotDifferentiable.REASONS);

    private final Map<String, Rule> rules;
    private final Map<String, BodyRule> bodyRules;
    private final Map<String, String> reasons;

    private GradientRules(Map<String, Rule> rules, Map<String, BodyRule> bodyRules, Map<String, String> reasons) {
        this.rules = rules;
        this.bodyRules = bodyRules;
        this.reasons = reasons;
    }

    private static Map<String, Rule> merged(List<Map<String, Rule>> tables) {
        Map<String, Rule> all = new HashMap<>();
        tables.stream().flatMap(table -> table.entrySet().stream()).forEach(entry -> {
            if (all.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
                throw new IllegalStateException("Two gradient rules for " + entry.getKey());
            }
        });
        return all;
    }

    /** The mathematical gradients. */
    public static GradientRules standard() {
        return STANDARD;
    }

    /**
     * The rules of guided backpropagation: through a ReLU passes only what is positive, both forward and backward
     * (Springenberg 2015, section 3.4).
     */
    public static GradientRules guidedBackpropagation() {
        Map<String, Rule> guided = new HashMap<>(STANDARD.rules);
        guided.put("Relu", Rule.of((g, n, dy) -> Rule.grads(ActivationRules.reluGradient(g, n, g.relu(dy)))));
        return new GradientRules(guided, STANDARD.bodyRules, STANDARD.reasons);
    }

    /**
     * These rules and one more, or one in place of another.
     *
     * @param operator the qualified name, for example {@code Celu} or {@code com.microsoft.FastGelu}
     */
    public GradientRules with(String operator, Rule rule) {
        return with(Map.of(operator, rule));
    }

    /** These rules and more, by the qualified names of operators; a rule replaces one of the same name. */
    public GradientRules with(Map<String, Rule> more) {
        Map<String, Rule> all = new HashMap<>(rules);
        all.putAll(more);
        Map<String, String> left = new HashMap<>(reasons);
        left.keySet().removeAll(more.keySet());
        return new GradientRules(all, bodyRules, left);
    }

    Optional<Rule> find(Node node) {
        return Optional.ofNullable(rules.get(node.qualifiedOp()));
    }

    /** The rule of an operator that runs bodies. */
    Optional<BodyRule> findForBodies(Node node) {
        return Optional.ofNullable(bodyRules.get(node.qualifiedOp()));
    }

    /** True of a step function, whose slope is zero wherever it has one. */
    boolean isFlat(Node node) {
        return rules.get(node.qualifiedOp()) == ArithmeticRules.FLAT;
    }

    Optional<String> whyNot(Node node) {
        return Optional.ofNullable(reasons.get(node.qualifiedOp()));
    }

    /** The operators with a rule, by qualified name. */
    public Set<String> differentiable() {
        Set<String> all = new HashSet<>(rules.keySet());
        all.addAll(bodyRules.keySet());
        return Collections.unmodifiableSet(all);
    }

    /** The operators without one, with the reason. */
    public Map<String, String> notDifferentiable() {
        return reasons;
    }
}

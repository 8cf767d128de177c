package org.menagerie.graph.gradient;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * (Springenberg 2015, section 3.4). Its relatives LeakyReLU, ELU, SELU, CELU and clipping, to which the paper does not
     * apply the rule, are treated alike: what is positive passes with their own slope, and only where their input is positive.
     */
    public static GradientRules guidedBackpropagation() {
        return STANDARD.with(GuidedRules.GUIDED);
    }

    /**
     * The rules of the deconvolutional network: through a ReLU passes what is positive backward, whatever was forward (Zeiler
     * and Fergus 2014, section 2.1).
     */
    public static GradientRules deconvnet() {
        return STANDARD.with(GuidedRules.DECONVNET);
    }

    /**
     * Layer-wise relevance propagation by the ε rule (Bach 2015, section 2): each value passes the relevance of a sum on in
     * proportion to what it adds to the sum. What is passed is relevance, not a slope: start with the score itself.
     *
     * @param epsilon added to the sums, with their sign
     */
    public static GradientRules relevance(double epsilon) {
        return STANDARD.with(new RelevanceRules(epsilon).byEpsilon());
    }

    /**
     * The same, but by the z⁺ rule at layers with weights: only what adds to a sum has a share in its relevance (Montavon 2017,
     * section 4.1).
     *
     * @param epsilon added to the sums, with their sign
     */
    public static GradientRules positiveRelevance(double epsilon) {
        return STANDARD.with(new RelevanceRules(epsilon).byPositive());
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

    /** The standard rule of an operator. */
    static Rule standard(String operator) {
        return Objects.requireNonNull(STANDARD.rules.get(operator), operator);
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

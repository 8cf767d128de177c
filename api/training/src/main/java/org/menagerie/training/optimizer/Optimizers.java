package org.menagerie.training.optimizer;

import static java.util.Map.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;

/**
 * The optimizers by name: {@code adagrad}, {@code adam}, {@code adamw}, {@code momentum}, {@code muon}, {@code
 * nesterov}, {@code newton}, {@code newton-cg}, {@code rmsprop}, {@code rmsprop-centered} and {@code sgd}, which is also
 * {@code batch-gd}, {@code mini-batch-gd} or {@code stochastic-gd} for its batch. What is not given is as the optimizer's
 * own defaults.
 */
public final class Optimizers {
    /** Gradient descent with all examples as one batch. */
    public static final String BATCH_GD = "batch-gd";

    /** Gradient descent with some examples a step. */
    public static final String MINI_BATCH_GD = "mini-batch-gd";

    /** Gradient descent with one example a step. */
    public static final String STOCHASTIC_GD = "stochastic-gd";

    private static final String DECAY = "weightDecay";
    private static final String EPSILON = "epsilon";
    private static final String MOMENTUM = "momentum";

    private static final Map<String, Function<Numbers, Optimizer>> KINDS = new TreeMap<>(Map.ofEntries(
            entry("sgd", numbers -> sgd(Sgd.withMomentum(numbers.get(MOMENTUM, 0)), numbers)),
            entry(BATCH_GD, numbers -> sgd(Sgd.plain(), numbers)),
            entry(MINI_BATCH_GD, numbers -> sgd(Sgd.plain(), numbers)),
            entry(STOCHASTIC_GD, numbers -> sgd(Sgd.plain(), numbers)),
            entry("momentum", numbers -> sgd(Sgd.withMomentum(numbers.get(MOMENTUM, Sgd.USUAL_MOMENTUM)), numbers)),
            entry("nesterov", numbers -> sgd(Sgd.withNesterov(numbers.get(MOMENTUM, Sgd.USUAL_MOMENTUM)), numbers)),
            entry("adagrad", Optimizers::adaGrad),
            entry("rmsprop", numbers -> rmsProp(RmsProp.defaults(), numbers)),
            entry("rmsprop-centered", numbers -> rmsProp(RmsProp.defaults().withCentering(), numbers)),
            entry("adam", numbers -> adam(Adam.defaults(), numbers)),
            entry("adamw", numbers -> adam(Adam.adamW(), numbers)),
            entry("muon", numbers -> muon(Muon.defaults(), numbers)),
            entry("newton", numbers -> newton(Newton.defaults(), numbers)),
            entry("newton-cg", numbers -> newtonCg(NewtonCg.defaults(), numbers))));

    private Optimizers() {}

    public static Set<String> names() {
        return Set.copyOf(KINDS.keySet());
    }

    /** @throws InvalidInputException as {@link #of(String, Map)} */
    public static Optimizer of(String name, @Nullable Double momentum, @Nullable Double weightDecay) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (momentum != null) {
            numbers.put(MOMENTUM, momentum);
        }
        if (weightDecay != null) {
            numbers.put(DECAY, weightDecay);
        }
        return of(name, numbers);
    }

    /**
     * An optimizer with some of its numbers set.
     *
     * @param numbers by name, such as {@code momentum}, {@code weightDecay}, {@code beta1} or {@code epsilon}
     * @throws InvalidInputException for an optimizer that does not exist, a number that it does not have, or one that is
     *     out of range
     */
    public static Optimizer of(String name, Map<String, Double> numbers) {
        Function<Numbers, Optimizer> kind = KINDS.get(name);
        if (kind == null) {
            throw new InvalidInputException(
                    "Unknown optimizer '%s'; available are %s".formatted(name, String.join(", ", KINDS.keySet())));
        }
        Numbers given = new Numbers(numbers);
        try {
            Optimizer optimizer = kind.apply(given);
            given.requireKnown(name);
            return optimizer;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("Optimizer '%s': %s".formatted(name, e.getMessage()), e);
        }
    }

    private static Optimizer sgd(Sgd sgd, Numbers numbers) {
        return sgd.withDampening(numbers.get("dampening", sgd.dampening()))
                .withWeightDecay(numbers.get(DECAY, sgd.weightDecay()));
    }

    private static Optimizer adaGrad(Numbers numbers) {
        AdaGrad adaGrad = AdaGrad.defaults();
        return adaGrad.withRateDecay(numbers.get("rateDecay", adaGrad.rateDecay()))
                .withStart(numbers.get("start", adaGrad.start()))
                .withEpsilon(numbers.get(EPSILON, adaGrad.epsilon()))
                .withWeightDecay(numbers.get(DECAY, adaGrad.weightDecay()));
    }

    private static Optimizer rmsProp(RmsProp rmsProp, Numbers numbers) {
        return rmsProp.withSmoothing(numbers.get("smoothing", rmsProp.smoothing()))
                .withMomentum(numbers.get(MOMENTUM, rmsProp.momentum()))
                .withEpsilon(numbers.get(EPSILON, rmsProp.epsilon()))
                .withWeightDecay(numbers.get(DECAY, rmsProp.weightDecay()));
    }

    private static Optimizer adam(Adam adam, Numbers numbers) {
        return adam.withBetas(numbers.get("beta1", adam.beta1()), numbers.get("beta2", adam.beta2()))
                .withEpsilon(numbers.get(EPSILON, adam.epsilon()))
                .withWeightDecay(numbers.get(DECAY, adam.weightDecay()));
    }

    private static Optimizer muon(Muon muon, Numbers numbers) {
        return muon.withMomentum(numbers.get(MOMENTUM, muon.momentum()))
                .withIterations((int) numbers.get("iterations", muon.iterations()))
                .withWeightDecay(numbers.get(DECAY, muon.weightDecay()));
    }

    private static Optimizer newton(Newton newton, Numbers numbers) {
        return newton.withDamping(numbers.get("damping", newton.damping()))
                .withLimit((int) numbers.get("limit", newton.limit()))
                .withLineSearch(lineSearch(newton.lineSearch(), numbers));
    }

    private static Optimizer newtonCg(NewtonCg newton, Numbers numbers) {
        return newton.withIterations((int) numbers.get("iterations", newton.iterations()))
                .withLineSearch(lineSearch(newton.lineSearch(), numbers));
    }

    private static LineSearch lineSearch(LineSearch search, Numbers numbers) {
        return new LineSearch(
                numbers.get("decrease", search.decrease()),
                numbers.get("contraction", search.contraction()),
                search.trials());
    }

    /** The numbers that were given, and the names of those that an optimizer asked for. */
    private record Numbers(Map<String, Double> given, Set<String> known) {
        Numbers(Map<String, Double> given) {
            this(given, new TreeSet<>());
        }

        double get(String name, double otherwise) {
            known.add(name);
            return given.getOrDefault(name, otherwise);
        }

        void requireKnown(String optimizer) {
            for (String name : given.keySet()) {
                if (!known.contains(name)) {
                    throw new InvalidInputException("Optimizer '%s' has no '%s'; it has %s"
                            .formatted(optimizer, name, String.join(", ", known)));
                }
            }
        }
    }
}

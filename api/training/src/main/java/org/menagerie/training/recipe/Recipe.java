package org.menagerie.training.recipe;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.Cutout;
import org.menagerie.training.data.HorizontalFlip;
import org.menagerie.training.data.RandomCrop;
import org.menagerie.training.data.Transform;
import org.menagerie.training.optimizer.Optimizers;

/**
 * How a model is trained: the {@code recipe} block of a card. What is left out has the default that is stated here.
 *
 * @param data a data set, for example {@code fashion-mnist}
 * @param epochs how often the training data is gone through; 10
 * @param batchSize examples a step, 0 for all of them; all for {@code batch-gd} and Newton's method, 1 for {@code
 *     stochastic-gd}, else 64
 * @param seed of everything random; 1
 * @param optimizer by name; {@code adam}
 * @param learningRate the optimizer's own default
 * @param momentum of optimizers that have one
 * @param weightDecay of the optimizer; 0
 * @param schedule of the learning rate: {@code constant}, {@code cosine}, {@code linear} or {@code step}; cosine, for
 *     Newton's method constant
 * @param warmup epochs over which the rate first grows from zero; 0
 * @param augment of {@code flip}, {@code crop} and {@code cutout}; none
 * @param clipNorm limit of the gradients' global norm; none
 * @param l1 weight of the L1 penalty; 0
 * @param l2 weight of the L2 penalty; 0
 * @param patience epochs without improvement after which training ends; 0 for never
 * @param stepsPerRun how many steps one run of the runtime takes, with the same results to the bit; 1
 * @param ensemble several networks in place of one; none
 */
public record Recipe(
        @Nullable String data,
        @Nullable Integer epochs,
        @Nullable Integer batchSize,
        @Nullable Long seed,
        @Nullable String optimizer,
        @Nullable Double learningRate,
        @Nullable Double momentum,
        @Nullable Double weightDecay,
        @Nullable String schedule,
        @Nullable Integer warmup,
        @Nullable List<String> augment,
        @Nullable Double clipNorm,
        @Nullable Double l1,
        @Nullable Double l2,
        @Nullable Integer patience,
        @Nullable Integer stepsPerRun,
        @Nullable Committee ensemble) {
    /** The batch size that stands for the whole data. */
    public static final int ALL = 0;

    private static final Map<String, Transform> AUGMENTATIONS = Map.of(
            "flip", new HorizontalFlip(),
            "crop", new RandomCrop("image", 2, 0),
            "cutout", new Cutout(8));

    public Recipe {
        requirePositive("epochs", epochs);
        requirePositive("stepsPerRun", stepsPerRun);
        if (batchSize != null && batchSize < 0) {
            throw new InvalidInputException("batchSize must be at least 1, or 0 for all; found " + batchSize);
        }
        requireBatch(optimizer, batchSize);
        require(warmup == null || warmup >= 0, "warmup must not be negative", warmup);
        require(patience == null || patience >= 0, "patience must not be negative", patience);
        require(learningRate == null || learningRate > 0, "learningRate must be positive", learningRate);
        require(clipNorm == null || clipNorm > 0, "clipNorm must be positive", clipNorm);
        require(l1 == null || l1 >= 0, "l1 must not be negative", l1);
        require(l2 == null || l2 >= 0, "l2 must not be negative", l2);
        augment = augment == null ? null : List.copyOf(augment);
    }

    private static void requirePositive(String name, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new InvalidInputException(name + " must be at least 1; found " + value);
        }
    }

    private static void require(boolean right, String rule, @Nullable Number value) {
        if (!right) {
            throw new InvalidInputException("%s; found %s".formatted(rule, value));
        }
    }

    private static void requireBatch(@Nullable String optimizer, @Nullable Integer batchSize) {
        Integer only = Optimizers.BATCH_GD.equals(optimizer)
                ? Integer.valueOf(ALL)
                : Optimizers.STOCHASTIC_GD.equals(optimizer) ? Integer.valueOf(1) : null;
        if (only != null && batchSize != null && !only.equals(batchSize)) {
            throw new InvalidInputException("%s takes %s examples a step, not %d; leave batchSize out, or take sgd"
                    .formatted(optimizer, only == ALL ? "all" : only.toString(), batchSize));
        }
    }

    /** Nothing but defaults. */
    public static Recipe defaults() {
        return new Recipe(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** This recipe, with what the other one states in place of its own. */
    public Recipe with(Recipe other) {
        return new Recipe(
                or(other.data, data),
                or(other.epochs, epochs),
                or(other.batchSize, batchSize),
                or(other.seed, seed),
                or(other.optimizer, optimizer),
                or(other.learningRate, learningRate),
                or(other.momentum, momentum),
                or(other.weightDecay, weightDecay),
                or(other.schedule, schedule),
                or(other.warmup, warmup),
                or(other.augment, augment),
                or(other.clipNorm, clipNorm),
                or(other.l1, l1),
                or(other.l2, l2),
                or(other.patience, patience),
                or(other.stepsPerRun, stepsPerRun),
                or(other.ensemble, ensemble));
    }

    private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    /** This recipe with every default written out, except those of the optimizer. */
    Recipe complete() {
        String method = optimizer == null ? "adam" : optimizer;
        boolean newton = method.startsWith("newton");
        int batch =
                newton || method.equals(Optimizers.BATCH_GD) ? ALL : method.equals(Optimizers.STOCHASTIC_GD) ? 1 : 64;
        String rates = newton ? "constant" : "cosine";
        Recipe fallback = new Recipe(
                null, 10, batch, 1L, method, null, null, null, rates, 0, List.of(), null, 0.0, 0.0, 0, 1, null);
        return fallback.with(this);
    }

    /**
     * The number of examples a step takes.
     *
     * @param examples that there are
     */
    public int batchSize(int examples) {
        Integer size = complete().batchSize;
        return size == null || size == ALL ? examples : size;
    }

    /** The names of the augmentations. */
    public static Set<String> augmentations() {
        return Set.copyOf(AUGMENTATIONS.keySet());
    }

    Transform augmentation() {
        List<String> names = augment == null ? List.of() : augment;
        return Transform.of(names.stream().map(Recipe::augmentation).toArray(Transform[]::new));
    }

    private static Transform augmentation(String name) {
        Transform transform = AUGMENTATIONS.get(name);
        if (transform == null) {
            throw new InvalidInputException("Unknown augmentation '%s'; available are %s"
                    .formatted(name, AUGMENTATIONS.keySet().stream().sorted().toList()));
        }
        return transform;
    }
}

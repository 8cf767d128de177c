package org.menagerie.training.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.optimizer.BatchRule;

/**
 * How a model is to be trained, as the {@code recipe} block of a card or the options of a command state it. Whatever is left
 * out is decided by {@link #plan}: the defaults below, and those of the optimizer's kind.
 *
 * @param data a data set, for example {@code fashion-mnist}
 * @param epochs number of passes through the training data; 10
 * @param batchSize examples per step, 0 for all of them; by default the optimizer's
 * @param seed seed of everything random; 1
 * @param optimizer an optimizer with its settings: {@code adam}, {@code adam:beta1=.95} or {@code {name: adam, beta1: .95}};
 *     {@code adam}
 * @param learningRate by default the optimizer's
 * @param momentum the optimizer's setting of this name
 * @param weightDecay the optimizer's setting of this name
 * @param schedule a schedule of the learning rate with its settings, for example {@code step:factor=.2}; by default the
 *     optimizer's
 * @param warmup epochs during which the rate first grows from zero; 0
 * @param augment augmentations with their settings; none
 * @param clipNorm limit of the gradients' global norm; none
 * @param l1 weight of the L1 penalty; 0
 * @param l2 weight of the L2 penalty; 0
 * @param patience epochs without improvement after which training ends; 0 for never
 * @param stepsPerRun how many steps one run of the runtime takes, with the same results to the bit; 1
 * @param replicas how many parts of a batch are computed side by side, on one thread each; 1
 * @param ensemble several networks in place of one; none
 */
public record Recipe(
        @Nullable String data,
        @Nullable Integer epochs,
        @Nullable Integer batchSize,
        @Nullable Long seed,
        @Nullable Component optimizer,
        @Nullable Double learningRate,
        @Nullable Double momentum,
        @Nullable Double weightDecay,
        @Nullable Component schedule,
        @Nullable Integer warmup,
        @Nullable List<Component> augment,
        @Nullable Double clipNorm,
        @Nullable Double l1,
        @Nullable Double l2,
        @Nullable Integer patience,
        @Nullable Integer stepsPerRun,
        @Nullable Integer replicas,
        @Nullable Committee ensemble) {
    /** The batch size that stands for the whole data. */
    public static final int ALL = BatchRule.ALL;

    public Recipe {
        require(epochs == null || epochs >= 1, "epochs must be at least 1", epochs);
        require(stepsPerRun == null || stepsPerRun >= 1, "stepsPerRun must be at least 1", stepsPerRun);
        require(replicas == null || replicas >= 1, "replicas must be at least 1", replicas);
        require(batchSize == null || batchSize >= 0, "batchSize must be at least 1, or 0 for all", batchSize);
        require(warmup == null || warmup >= 0, "warmup must not be negative", warmup);
        require(patience == null || patience >= 0, "patience must not be negative", patience);
        require(learningRate == null || learningRate > 0, "learningRate must be positive", learningRate);
        require(clipNorm == null || clipNorm > 0, "clipNorm must be positive", clipNorm);
        require(l1 == null || l1 >= 0, "l1 must not be negative", l1);
        require(l2 == null || l2 >= 0, "l2 must not be negative", l2);
        augment = augment == null ? null : List.copyOf(augment);
    }

    private static void require(boolean right, String rule, @Nullable Number value) {
        if (!right) {
            throw new InvalidInputException("%s; found %s".formatted(rule, value));
        }
    }

    /** A recipe that states nothing. */
    public static Recipe defaults() {
        return of(Map.of());
    }

    /**
     * A recipe from a program's map, for example {@code Map.of("epochs", 3, "optimizer", "adam:beta1=.95")}.
     *
     * @throws org.menagerie.spi.SettingException if a field is unknown or of another type
     */
    public static Recipe of(Map<String, ?> fields) {
        return TreeSettings.of("Recipe", fields).as(Recipe.class);
    }

    /**
     * This recipe, with the fields that another one states in place of its own. If the other one states an optimizer, momentum
     * and weight decay of this one go with the optimizer that they belong to.
     */
    public Recipe with(Recipe other) {
        return new Recipe(
                or(other.data, data),
                or(other.epochs, epochs),
                or(other.batchSize, batchSize),
                or(other.seed, seed),
                or(other.optimizer, optimizer),
                or(other.learningRate, learningRate),
                other.optimizer == null ? or(other.momentum, momentum) : other.momentum,
                other.optimizer == null ? or(other.weightDecay, weightDecay) : other.weightDecay,
                or(other.schedule, schedule),
                or(other.warmup, warmup),
                or(other.augment, augment),
                or(other.clipNorm, clipNorm),
                or(other.l1, l1),
                or(other.l2, l2),
                or(other.patience, patience),
                or(other.stepsPerRun, stepsPerRun),
                or(other.replicas, replicas),
                or(other.ensemble, ensemble));
    }

    private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    /** The fields that are stated, as a card's {@code recipe} block holds them. */
    public ObjectNode tree() {
        return RecipeJson.tree(this);
    }

    /**
     * The complete plan. No data is read.
     *
     * @throws org.menagerie.spi.ZooException if a kind is unknown, a setting is wrong, or settings exclude each other
     */
    public Plan plan(TrainingKinds kinds) {
        return new Planning(this, kinds).plan();
    }
}

package org.menagerie.training.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.Settings;
import org.menagerie.spi.settings.ComponentText;
import org.menagerie.spi.settings.SettingField;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.Clipping;
import org.menagerie.training.Penalty;
import org.menagerie.training.data.NamedTransform;
import org.menagerie.training.data.Transform;
import org.menagerie.training.optimizer.Optimizer;
import org.menagerie.training.optimizer.OptimizerKind;
import org.menagerie.training.schedule.Cosine;
import org.menagerie.training.schedule.CyclicCosine;
import org.menagerie.training.schedule.Schedule;

/** Makes a recipe's plan: fills in the defaults and resolves the kinds. */
final class Planning {
    private static final String DEFAULTS = "Default of the recipe:";

    private final Recipe recipe;
    private final TrainingKinds kinds;

    Planning(Recipe recipe, TrainingKinds kinds) {
        this.recipe = recipe;
        this.kinds = kinds;
    }

    Plan plan() {
        Component method = or(recipe.optimizer(), ComponentText.parse(DEFAULTS, "adam"));
        OptimizerKind<?> kind = kinds.optimizer(method);
        Optimizer optimizer = kind.create(settings(method, kind));
        Component course = or(recipe.schedule(), ComponentText.parse(DEFAULTS, kind.schedule()));
        int epochs = or(recipe.epochs(), 10);
        int batch = kind.batch().size(method.name(), recipe.batchSize());
        long seed = or(recipe.seed(), 1L);
        int warmup = or(recipe.warmup(), 0);
        List<Component> augment = or(recipe.augment(), List.of());
        Penalty penalty = new Penalty(or(recipe.l1(), 0.0), or(recipe.l2(), 0.0));
        int patience = or(recipe.patience(), 0);
        int stepsPerRun = or(recipe.stepsPerRun(), 1);
        int replicas = or(recipe.replicas(), 1);
        Double limit = recipe.clipNorm();
        Recipe complete = new Recipe(
                recipe.data(),
                epochs,
                batch,
                seed,
                method,
                recipe.learningRate(),
                recipe.momentum(),
                recipe.weightDecay(),
                course,
                warmup,
                augment,
                limit,
                penalty.l1(),
                penalty.l2(),
                patience,
                stepsPerRun,
                replicas > 1 ? replicas : null,
                recipe.ensemble());
        return new Plan(
                epochs,
                batch,
                seed,
                optimizer,
                or(recipe.learningRate(), optimizer.defaultLearningRate()),
                schedule(course, complete),
                warmup,
                Transform.of(augment.stream().map(this::augmentation).toArray(Transform[]::new)),
                limit == null ? new Clipping.None() : new Clipping.ByNorm(limit),
                penalty,
                GradientRules.standard().with(kinds.rules()),
                patience,
                stepsPerRun,
                replicas,
                Optional.ofNullable(recipe.ensemble()),
                complete.tree().toString());
    }

    private Transform augmentation(Component component) {
        return new NamedTransform("Augmentation '%s'".formatted(component.name()), kinds.transform(component));
    }

    private static <T> T or(@Nullable T stated, T otherwise) {
        return stated == null ? otherwise : stated;
    }

    /** The optimizer's settings, with the recipe's {@code momentum} and {@code weightDecay} among them. */
    private Settings settings(Component method, OptimizerKind<?> kind) {
        Map<String, Double> shorthand = new TreeMap<>();
        if (recipe.momentum() != null) {
            shorthand.put("momentum", recipe.momentum());
        }
        if (recipe.weightDecay() != null) {
            shorthand.put("weightDecay", recipe.weightDecay());
        }
        Set<String> fields = new TreeSet<>();
        SettingField.of(kind.defaults()).forEach(field -> fields.add(field.name()));
        for (String name : shorthand.keySet()) {
            if (!fields.contains(name)) {
                throw new InvalidInputException("Optimizer '%s' has no '%s'; it has %s"
                        .formatted(method.name(), name, fields.isEmpty() ? "no settings" : String.join(", ", fields)));
            }
            if (method.settings().tree().has(name)) {
                throw new InvalidInputException("'%s' is stated twice: as a setting of optimizer '%s' and beside it"
                        .formatted(name, method.name()));
            }
        }
        return TreeSettings.with(method.settings(), shorthand);
    }

    private Schedule schedule(Component course, Recipe complete) {
        Schedule schedule = kinds.schedule(course);
        Committee committee = complete.ensemble();
        if (committee == null || committee.kind() != Committee.Kind.SNAPSHOTS) {
            return schedule;
        }
        if (complete.patience() != null && complete.patience() > 0) {
            throw new InvalidInputException("Snapshots are taken along a whole run; leave patience out");
        }
        boolean cosine = recipe.schedule() == null || schedule.equals(new Cosine(0));
        if (!cosine || (complete.warmup() != null && complete.warmup() > 0)) {
            throw new InvalidInputException(
                    "Snapshots are taken at the ends of cosine cycles; leave schedule and warmup out");
        }
        committee.cycle(or(complete.epochs(), 1));
        return new CyclicCosine(committee.members());
    }
}

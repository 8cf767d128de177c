package org.menagerie.training.recipe;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.util.Types;
import java.util.Map;
import java.util.TreeMap;
import org.menagerie.graph.gradient.Rule;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.settings.ComponentText;
import org.menagerie.training.data.Transform;
import org.menagerie.training.data.TransformKind;
import org.menagerie.training.optimizer.Optimizer;
import org.menagerie.training.optimizer.OptimizerKind;
import org.menagerie.training.schedule.Schedule;
import org.menagerie.training.schedule.ScheduleKind;

/**
 * The kinds that recipes can name, by the names that plugins bind them under.
 *
 * @param optimizers what moves the parameters
 * @param schedules how the learning rate changes
 * @param transforms what augments the training data
 * @param rules gradient rules of operators beyond the standard ones, by the qualified names of the operators
 */
public record TrainingKinds(
        Map<String, OptimizerKind<?>> optimizers,
        Map<String, ScheduleKind<?>> schedules,
        Map<String, TransformKind<?>> transforms,
        Map<String, Rule> rules) {
    public TrainingKinds {
        optimizers = new TreeMap<>(optimizers);
        schedules = new TreeMap<>(schedules);
        transforms = new TreeMap<>(transforms);
        rules = new TreeMap<>(rules);
    }

    /** Gives the components of a type by name, as {@code Zoo.components} does. */
    @FunctionalInterface
    public interface Components {
        <T> Map<String, T> of(Class<T> type);
    }

    /** The kinds among bound components: {@code TrainingKinds.of(zoo::components)}. */
    public static TrainingKinds of(Components components) {
        Map<String, OptimizerKind<?>> optimizers = new TreeMap<>();
        components.of(OptimizerKind.class).forEach((name, kind) -> optimizers.put(name, kind));
        Map<String, ScheduleKind<?>> schedules = new TreeMap<>();
        components.of(ScheduleKind.class).forEach((name, kind) -> schedules.put(name, kind));
        Map<String, TransformKind<?>> transforms = new TreeMap<>();
        components.of(TransformKind.class).forEach((name, kind) -> transforms.put(name, kind));
        return new TrainingKinds(optimizers, schedules, transforms, components.of(Rule.class));
    }

    /** The kinds that come with training, for programs without a zoo. */
    public static TrainingKinds standard() {
        Injector injector = Guice.createInjector(new TrainingPlugin());
        return of(new Components() {
            @Override
            @SuppressWarnings("unchecked") // the key's type
            public <T> Map<String, T> of(Class<T> type) {
                return (Map<String, T>) injector.getInstance(Key.get(Types.mapOf(String.class, type)));
            }
        });
    }

    /**
     * The kind of an optimizer.
     *
     * @throws org.menagerie.spi.ZooException if there is none of this name; the message lists those that exist
     */
    public OptimizerKind<?> optimizer(Component component) {
        return ComponentText.kind("optimizer", optimizers, component);
    }

    /** An optimizer from a text such as {@code adam:beta1=.95}. */
    public Optimizer optimizer(String text) {
        Component component = ComponentText.parse("Optimizer", text);
        return optimizer(component).create(component.settings());
    }

    /**
     * A schedule with its settings.
     *
     * @throws org.menagerie.spi.ZooException if there is none of this name, or a setting is wrong
     */
    public Schedule schedule(Component component) {
        return ComponentText.kind("schedule", schedules, component).create(component.settings());
    }

    /** A schedule from a text such as {@code step:factor=.2}. */
    public Schedule schedule(String text) {
        return schedule(ComponentText.parse("Schedule", text));
    }

    /**
     * An augmentation with its settings.
     *
     * @throws org.menagerie.spi.ZooException if there is none of this name, or a setting is wrong
     */
    public Transform transform(Component component) {
        return ComponentText.kind("augmentation", transforms, component).create(component.settings());
    }
}

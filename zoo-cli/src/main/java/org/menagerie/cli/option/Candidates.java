package org.menagerie.cli.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.menagerie.explain.ExplanationKinds;
import org.menagerie.explain.imagine.ImagineKinds;
import org.menagerie.hub.Zoo;
import org.menagerie.text.generation.GenerationSettings;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.TrainingKinds;

/** Values that a shell may complete after an option. */
public final class Candidates {
    private Candidates() {}

    /** Length penalties. */
    static final class Penalties extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Penalties() {
            super(spelled(GenerationSettings.Penalty.values()));
        }
    }

    /** Parts of a data set, and all of them together. */
    public static final class Parts extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        public Parts() {
            super(Splits.PARTS);
            add("all");
        }
    }

    /** The kinds that plugins bring. Plugins are loaded once, when the first help text or shell asks. */
    private static final class Plugins {
        static final TrainingKinds KINDS = kinds();

        private static TrainingKinds kinds() {
            try (Zoo zoo = Zoo.open()) {
                return TrainingKinds.of(zoo::components);
            }
        }
    }

    /** Methods of explanation. */
    public static final class Methods implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            try (Zoo zoo = Zoo.open()) {
                return List.copyOf(ExplanationKinds.of(zoo).byName().keySet()).iterator();
            }
        }
    }

    /** Methods that make pictures. */
    public static final class ImagineMethods implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            try (Zoo zoo = Zoo.open()) {
                return List.copyOf(ImagineKinds.of(zoo).byName().keySet()).iterator();
            }
        }
    }

    /** Names of kinds that plugins bring. */
    abstract static class Bound implements Iterable<String> {
        private final Function<TrainingKinds, Map<String, ?>> kinds;

        Bound(Function<TrainingKinds, Map<String, ?>> kinds) {
            this.kinds = kinds;
        }

        @Override
        public Iterator<String> iterator() {
            return List.copyOf(kinds.apply(Plugins.KINDS).keySet()).iterator();
        }
    }

    public static final class Optimizers extends Bound {
        public Optimizers() {
            super(TrainingKinds::optimizers);
        }
    }

    public static final class Schedules extends Bound {
        public Schedules() {
            super(TrainingKinds::schedules);
        }
    }

    public static final class Augmentations extends Bound {
        public Augmentations() {
            super(TrainingKinds::transforms);
        }
    }

    private static List<String> spelled(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}

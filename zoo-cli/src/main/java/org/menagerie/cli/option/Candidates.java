package org.menagerie.cli.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.imagine.ImagineKind;
import org.menagerie.hub.Zoo;
import org.menagerie.text.generation.GenerationSettings;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.TransformKind;
import org.menagerie.training.optimizer.OptimizerKind;
import org.menagerie.training.schedule.ScheduleKind;

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

    /** The names that plugins bring. Plugins are loaded once, when the first help text or shell asks. */
    private static final class Plugins {
        private static final List<Class<?>> KINDS = List.of(
                ExplanationKind.class, ImagineKind.class, OptimizerKind.class, ScheduleKind.class, TransformKind.class);

        static final Map<Class<?>, List<String>> NAMES = names();

        private static Map<Class<?>, List<String>> names() {
            try (Zoo zoo = Zoo.open()) {
                return KINDS.stream()
                        .collect(Collectors.toMap(
                                kind -> kind,
                                kind -> List.copyOf(
                                        new TreeSet<>(zoo.components(kind).keySet()))));
            }
        }
    }

    /** Names of a kind that plugins bring. */
    abstract static class Bound implements Iterable<String> {
        private final Class<?> kind;

        Bound(Class<?> kind) {
            this.kind = kind;
        }

        @Override
        public Iterator<String> iterator() {
            return Plugins.NAMES.getOrDefault(kind, List.of()).iterator();
        }
    }

    /** Methods of explanation. */
    public static final class Methods extends Bound {
        public Methods() {
            super(ExplanationKind.class);
        }
    }

    /** Methods that make pictures. */
    public static final class ImagineMethods extends Bound {
        public ImagineMethods() {
            super(ImagineKind.class);
        }
    }

    public static final class Optimizers extends Bound {
        public Optimizers() {
            super(OptimizerKind.class);
        }
    }

    public static final class Schedules extends Bound {
        public Schedules() {
            super(ScheduleKind.class);
        }
    }

    public static final class Augmentations extends Bound {
        public Augmentations() {
            super(TransformKind.class);
        }
    }

    private static List<String> spelled(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}

package org.menagerie.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.menagerie.text.generation.GenerationSettings;
import org.menagerie.training.data.Splits;

/** Values that a shell may complete after an option. */
final class Candidates {
    private Candidates() {}

    /** Length penalties. */
    static final class Penalties extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Penalties() {
            super(spelled(GenerationSettings.Penalty.values()));
        }
    }

    /** Parts of a data set, and all of them together. */
    static final class Parts extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Parts() {
            super(Splits.PARTS);
            add("all");
        }
    }

    private static List<String> spelled(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}

package org.menagerie.studio.metric;

import java.util.List;
import java.util.Optional;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.DatasetInfo;

/** Compares the classes that a model names with those that data names. */
final class ClassNames {
    private static final int NAMED = 10;

    private ClassNames() {}

    /**
     * Refuses data of whose classes the model names none, as every answer would count as wrong. Classes that are called by numbers
     * have no names.
     */
    static void require(String model, List<String> known, DatasetInfo data) {
        List<String> asked = data.labels();
        boolean named = !known.isEmpty() && !asked.isEmpty();
        if (named
                && asked.stream().noneMatch(known::contains)
                && !asked.stream().allMatch(ClassNames::isNumber)
                && !known.stream().allMatch(ClassNames::isNumber)) {
            throw new InvalidInputException(
                    "Data set %s has the classes %s, and model '%s' knows none of them; it knows %s"
                            .formatted(data.name(), shortened(asked), model, shortened(known)));
        }
    }

    /**
     * Returns a sentence about classes of the data that the model does not name, where it names others; empty if there are none.
     * The model can never answer with them.
     */
    static Optional<String> unknown(String model, List<String> known, DatasetInfo data) {
        List<String> unknown =
                data.labels().stream().filter(each -> !known.contains(each)).toList();
        return unknown.isEmpty() || unknown.size() == data.labels().size()
                ? Optional.empty()
                : Optional.of(
                        "Model '%s' does not know %d of the %d classes of data set %s, so that its answers there are wrong: %s"
                                .formatted(
                                        model, unknown.size(), data.labels().size(), data.name(), shortened(unknown)));
    }

    /**
     * Returns the names that labels of the data stand for: the data's, if the model knows one of them, and else the model's by
     * number.
     */
    static List<String> of(List<String> known, DatasetInfo data) {
        return known.isEmpty() || data.labels().stream().anyMatch(known::contains) ? data.labels() : known;
    }

    private static boolean isNumber(String name) {
        return name.matches("\\d+");
    }

    private static String shortened(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? first + ", …" : first;
    }
}

package org.menagerie.training.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.menagerie.weights.Sha256;

/**
 * Parts of data whose publisher states none: of ten examples, eight to learn from, one to choose by and one to report on. The hash
 * of an example's name decides, so that an example stays in its part when others are added or removed. A part that would be empty
 * takes the training example of the least hash.
 *
 * @param train at least one example
 * @param validation at least one example
 * @param test at least one example
 */
record HashedParts<T>(List<T> train, List<T> validation, List<T> test) {
    /** The fewest examples that can be cut. */
    static final int FEWEST = 3;

    /**
     * Cuts examples, whose order stays.
     *
     * @param name the name of an example
     * @throws IllegalArgumentException if there are fewer than three
     */
    static <T> HashedParts<T> of(List<T> examples, Function<T, String> name) {
        if (examples.size() < FEWEST) {
            throw new IllegalArgumentException("%d examples cannot be cut in three parts".formatted(examples.size()));
        }
        List<T> train = new ArrayList<>();
        List<T> validation = new ArrayList<>();
        List<T> test = new ArrayList<>();
        for (T example : examples) {
            long digit = Long.remainderUnsigned(hash(name.apply(example)), 10);
            (digit < 8 ? train : digit == 8 ? validation : test).add(example);
        }
        for (List<T> part : List.of(validation, test, train)) {
            if (part.isEmpty()) {
                List<T> from =
                        part == train ? (validation.size() > 1 ? validation : test) : train.size() > 1 ? train : test;
                T least = from.stream()
                        .min(Comparator.comparing(example -> hash(name.apply(example)), Long::compareUnsigned))
                        .orElseThrow();
                from.remove(least);
                part.add(least);
            }
        }
        return new HashedParts<>(train, validation, test);
    }

    private static long hash(String name) {
        return Long.parseUnsignedLong(
                Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16), 16);
    }
}

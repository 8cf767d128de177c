package org.menagerie.training.data;

import java.util.List;

/**
 * The parts of a data set: to learn from, to choose by, and to report on. Where a data set publishes no validation part,
 * its kind states which of the training examples were set aside.
 */
public record Splits(Dataset train, Dataset validation, Dataset test) {
    /** The names of the parts. */
    public static final List<String> PARTS = List.of("train", "validation", "test");

    /**
     * The part of a name.
     *
     * @throws DataSpecificationException if it is none of {@link #PARTS}
     */
    public Dataset part(String name) {
        return switch (PARTS.indexOf(name)) {
            case 0 -> train;
            case 1 -> validation;
            case 2 -> test;
            default ->
                throw new DataSpecificationException("Unknown part '%s'; expected one of %s".formatted(name, PARTS));
        };
    }
}

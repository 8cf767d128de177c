package org.menagerie.training.data;

/**
 * The parts of a data set: to learn from, to choose by, and to report on. Where a data set publishes no validation part,
 * its kind states which of the training examples were set aside.
 */
public record Splits(Dataset train, Dataset validation, Dataset test) {}

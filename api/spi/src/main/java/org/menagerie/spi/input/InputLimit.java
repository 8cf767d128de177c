package org.menagerie.spi.input;

/**
 * A limit of what is read, which keeps one input from taking all memory.
 *
 * @param unit what is counted, in the plural, for example {@code pixels}
 * @param usual the limit unless a caller chooses another
 * @param greatest the greatest that can be chosen
 */
public record InputLimit(String unit, long usual, long greatest) {}

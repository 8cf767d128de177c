package org.menagerie.spi.input;

/**
 * An input out of a file with several.
 *
 * @param name what answers and errors call it, for example {@code words.txt:12}
 * @param input the input
 */
public record NamedInput<I>(String name, I input) {}

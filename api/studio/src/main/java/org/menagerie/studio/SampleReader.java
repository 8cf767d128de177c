package org.menagerie.studio;

/** Reads an input as a card's samples name it. */
@FunctionalInterface
public interface SampleReader {
    /**
     * The input of a reference.
     *
     * @param type what the model takes
     * @param reference for example {@code resource:samples/boot.png}, a file, or a text
     * @throws org.menagerie.spi.ZooException if it cannot be read
     */
    Object read(Class<?> type, String reference);
}

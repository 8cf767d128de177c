package org.menagerie.studio;

import java.nio.file.Path;

/**
 * A network that was written.
 *
 * @param parameters number of its parameters
 */
public record NetworkFile(Path file, long parameters) {}

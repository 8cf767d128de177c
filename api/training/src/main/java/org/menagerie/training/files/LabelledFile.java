package org.menagerie.training.files;

import java.nio.file.Path;

/**
 * A file that is an example of a class.
 *
 * @param name its path within the part's folder, with slashes: the class's folder first
 * @param bytes the file's length
 * @param label the number of the class, from 0
 */
record LabelledFile(String name, Path path, long bytes, int label) {}

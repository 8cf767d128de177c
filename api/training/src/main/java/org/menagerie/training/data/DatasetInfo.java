package org.menagerie.training.data;

import java.util.List;

/**
 * What a data set is, for people and for provenance.
 *
 * @param name the data set and the part of it, for example {@code fashion-mnist/train}
 * @param sha256 a hash of the content, 64 hexadecimal digits: equal hashes, equal examples in equal order
 * @param columns the tensors of a batch
 * @param labels the names of the classes by index; empty where there are none
 * @param vocabulary what texts are made of, by index, padding first; empty where there are no texts
 */
public record DatasetInfo(
        String name, String sha256, List<Column> columns, List<String> labels, List<String> vocabulary) {
    public DatasetInfo {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "Data set %s has hash '%s'; expected 64 hexadecimal digits".formatted(name, sha256));
        }
        columns = List.copyOf(columns);
        labels = List.copyOf(labels);
        vocabulary = List.copyOf(vocabulary);
    }

    /** Of data without texts. */
    public DatasetInfo(String name, String sha256, List<Column> columns, List<String> labels) {
        this(name, sha256, columns, labels, List.of());
    }
}

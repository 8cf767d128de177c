package org.menagerie.training.data;

import java.util.Optional;

/** A data set whose examples are those of another one, one by one, seen in another way. */
public interface DatasetView extends Dataset {
    /** The other data set. */
    Dataset viewed();

    @Override
    default DatasetInfo info() {
        return viewed().info();
    }

    @Override
    default int size() {
        return viewed().size();
    }

    @Override
    default String name(int index) {
        return viewed().name(index);
    }

    @Override
    default Optional<Object> input(int index) {
        return viewed().input(index);
    }

    @Override
    default int length(int index) {
        return viewed().length(index);
    }

    @Override
    default boolean isContinuous() {
        return viewed().isContinuous();
    }

    @Override
    default Optional<Range> range(String column) {
        return viewed().range(column);
    }
}

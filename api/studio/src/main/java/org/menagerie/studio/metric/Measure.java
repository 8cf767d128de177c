package org.menagerie.studio.metric;

import java.util.Map;

/**
 * Adds up how good answers are, example by example. Used for one evaluation, by one thread.
 *
 * @param <O> what the models answer
 */
public interface Measure<O> {
    /** Counts one answer. */
    void add(O answer, Example example);

    /** The figures by name, the one that models are compared by first. */
    Map<String, Double> figures();
}

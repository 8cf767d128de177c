package org.menagerie.studio.metric;

import java.util.Map;
import org.menagerie.spi.Model;
import org.menagerie.studio.report.ReportPart;

/**
 * A measure on one data set, from inputs to answers as a user gets them.
 *
 * @param <I> what the models take
 * @param <O> what the models answer
 */
@FunctionalInterface
public interface Evaluation<I, O> {
    /** The figures of a model by name, the one that models are compared by first. */
    Map<String, Double> of(Model<I, O> model);

    /**
     * The same, and shows each answer to the part of a report. An evaluation that does not go from one example to the next shows it
     * nothing.
     */
    default Map<String, Double> of(Model<I, O> model, ReportPart<I, O> part) {
        return of(model);
    }
}

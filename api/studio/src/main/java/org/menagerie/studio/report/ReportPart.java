package org.menagerie.studio.report;

import java.util.List;
import org.menagerie.studio.metric.Example;

/**
 * Collects, from one example to the next, what the page about an evaluation shows beside its figures. Used for one evaluation, by one
 * thread.
 *
 * @param <I> what the models take
 * @param <O> what the models answer
 */
public interface ReportPart<I, O> {
    /** Looks at one answer. The example's tensors are valid during the call only. */
    void add(I input, O answer, Example example);

    /** The sections, after the last example. */
    List<ReportSection> sections();
}

package org.menagerie.studio.metric;

import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.Model;
import org.menagerie.studio.report.ReportPart;
import org.menagerie.training.data.Dataset;

/** The evaluation by a measure that looks at one answer after the other. */
record MeasuredExamples<I, O>(Examples<I> examples, Dataset data, Measure<O> measure) implements Evaluation<I, O> {
    @Override
    public Map<String, Double> of(Model<I, O> model) {
        return examples.measure(model, data, measure, Optional.empty());
    }

    @Override
    public Map<String, Double> of(Model<I, O> model, ReportPart<I, O> part) {
        return examples.measure(model, data, measure, Optional.of(part));
    }
}

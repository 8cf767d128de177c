package org.menagerie.studio.report;

import org.menagerie.spi.ModelCard;
import org.menagerie.spi.answer.Answers;
import org.menagerie.training.data.Dataset;

/**
 * What a page is about.
 *
 * @param data the examples
 * @param card of the model
 * @param answers draw answers on their inputs
 */
public record ReportSubject(Dataset data, ModelCard card, Answers answers) {}

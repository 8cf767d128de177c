package org.menagerie.spi.answer;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Answers as rows of a table: none, one or several rows for each answer.
 *
 * @param columns the columns' names
 * @param rows an answer's rows; a row has a value for each column
 */
public record AnswerTable<O>(List<String> columns, BiFunction<O, AnswerView, List<List<Object>>> rows) {
    public AnswerTable {
        columns = List.copyOf(columns);
    }
}

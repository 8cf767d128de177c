/** Rows of numbers as inputs of models: typed, or from CSV and JSON files. */
@NullMarked
package org.menagerie.tabular;

import org.jspecify.annotations.NullMarked;

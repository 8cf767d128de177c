/** Measures of models on data: the kinds that plugins bind, the built-in ones, and the evaluation of a model by one of them. */
@NullMarked
package org.menagerie.studio.metric;

import org.jspecify.annotations.NullMarked;

/** Recipes: how a model is trained, as a card states it and a command repeats it. */
@NullMarked
package org.menagerie.training.recipe;

import org.jspecify.annotations.NullMarked;

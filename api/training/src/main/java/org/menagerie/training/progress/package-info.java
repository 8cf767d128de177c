/** Shows how far a long piece of work has come, where the caller says. */
@NullMarked
package org.menagerie.training.progress;

import org.jspecify.annotations.NullMarked;

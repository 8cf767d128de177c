/** Weights on disk: safetensors files, written in one step. */
@NullMarked
package org.menagerie.training.checkpoint;

import org.jspecify.annotations.NullMarked;

/** Weights and files: safetensors, SHA-256, and files that are replaced in one step. */
@NullMarked
package org.menagerie.weights;

import org.jspecify.annotations.NullMarked;

/** Training: one graph a step, run by ONNX Runtime; parameters swapped between two banks of buffers. */
@NullMarked
package org.menagerie.training;

import org.jspecify.annotations.NullMarked;

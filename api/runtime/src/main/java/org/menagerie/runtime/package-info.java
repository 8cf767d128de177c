/**
 * Runs ONNX graphs on ONNX Runtime: sessions over direct buffers, the choice between CPU and CUDA, and the cache of
 * native libraries.
 *
 * <p>Start at {@link org.menagerie.runtime.OnnxSession}.
 */
@NullMarked
package org.menagerie.runtime;

import org.jspecify.annotations.NullMarked;

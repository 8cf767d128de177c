/** Tensors from and to files: NumPy's {@code .npy}, nested lists in JSON, and a few elements as text. */
@NullMarked
package org.menagerie.runtime.tensor;

import org.jspecify.annotations.NullMarked;

/**
 * What a plugin compiles against: models, preprocessors, decoders, cards and tensors.
 *
 * <p>Nothing here touches ONNX Runtime or any other native library, so listing and describing models stays cheap.
 */
@NullMarked
package org.menagerie.spi;

import org.jspecify.annotations.NullMarked;

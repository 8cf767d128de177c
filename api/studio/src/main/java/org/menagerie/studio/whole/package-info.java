/** Decoders as graphs: models that do their whole work in one ONNX file. */
@NullMarked
package org.menagerie.studio.whole;

import org.jspecify.annotations.NullMarked;

/** Typed ONNX graphs: building them, and what they are made of. */
@NullMarked
package org.menagerie.graph;

import org.jspecify.annotations.NullMarked;

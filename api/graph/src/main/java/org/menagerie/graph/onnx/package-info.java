/** Reading and writing .onnx files. */
@NullMarked
package org.menagerie.graph.onnx;

import org.jspecify.annotations.NullMarked;

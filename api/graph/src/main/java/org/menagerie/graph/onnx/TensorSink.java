package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import org.menagerie.spi.Tensor;

/** Where the elements of a model's weights go. */
interface TensorSink {
    TensorProto put(String name, Tensor tensor);
}

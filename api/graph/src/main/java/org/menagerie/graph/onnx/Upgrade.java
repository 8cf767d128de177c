package org.menagerie.graph.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/** Turns a node of any opset that we read into our opset's form. */
final class Upgrade {
    static final int OLDEST = 7;
    static final int NEWEST = 21;

    private final GraphBuilder g;
    private final int opset;
    private final Map<String, TensorType> declared;

    Upgrade(GraphBuilder g, int opset, Map<String, TensorType> declared) {
        this.g = g;
        this.opset = opset;
        this.declared = declared;
    }

    /** Adds the node and gives its outputs, in the file's order. */
    List<Value> add(SourceNode node) {
        List<String> names = new ArrayList<>(node.outputs());
        return g.add(node.domain(), node.op(), node.name(), node.attributes(), node.inputs(), names, declared);
    }

    int opset() {
        return opset;
    }
}

package org.menagerie.graph.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;

/** Operators that a plugin adds. */
class DeclaredOperatorTest {
    private static final String DOMAIN = "com.example.declared";

    private static Operator halving(String attributes) {
        return Operator.of(DOMAIN, "Halving", 1, 1, attributes, call -> List.of(call.requireRank(0, 2)));
    }

    @Test
    void buildersTakeItAndInferItsTypes() {
        Operators.declare(halving("by:int"));
        GraphBuilder g = new GraphBuilder("net", Mode.INFERENCE);
        Value x = g.input("x", "f32[N,3]");
        Value y =
                g.emit(DOMAIN, "Halving", Attributes.of("by", 2), 1, List.of(x)).get(0);
        assertThat(y.type()).isEqualTo(x.type());
        assertThatThrownBy(() -> g.emit(DOMAIN, "Halving", Attributes.of("times", 2), 1, List.of(x)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("has no attribute 'times'");
        Value flat = g.input("flat", "f32[N]");
        assertThatThrownBy(() -> g.emit(DOMAIN, "Halving", Attributes.NONE, 1, List.of(flat)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("must have 2 axes");
    }

    @Test
    void declaringItAgainChangesNothingAndAnotherOneOfItsNameIsRefused() {
        Operators.declare(halving("by:int"));
        Operators.declare(halving("by:int"));
        assertThatThrownBy(() -> Operators.declare(halving("by:float")))
                .isInstanceOf(GraphException.class)
                .hasMessage("Operator 'com.example.declared.Halving' is declared already, with 1 inputs and attributes"
                        + " [by:Int]; found one with 1 inputs and attributes [by:Real]");
    }

    @Test
    void onnxsOwnOperatorsCannotBeReplaced() {
        assertThatThrownBy(() -> Operators.declare(Operator.of("", "Relu", 1, 1, "", call -> List.of(call.type(0)))))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("ONNX's own");
        assertThatThrownBy(() -> Operators.declare(
                        Operator.of("com.microsoft", "QuickGelu", 2, 2, "", call -> List.of(call.type(0)))))
                .hasMessageContaining("declared already");
    }
}

package org.menagerie.graph.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Pool;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Types that are inferred while a graph is built. */
class TypeInferenceTest {
    private final GraphBuilder g = new GraphBuilder("types", Mode.INFERENCE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f32[3,1]|f32[4]|f32[3,4]",
                "f32[N,1,5]|f32[7,1]|f32[N,7,5]",
                "f32[N,3]|f32[]|f32[N,3]",
                "f32[1]|f32[N]|f32[N]",
                "f32[N]|f32[N]|f32[N]"
            })
    void elementwiseOperandsBroadcast(String a, String b, String sum) {
        assertThat(g.add(g.input("a", a), g.input("b", b)).type()).hasToString(sum);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f32[2,3]|f32[3,4]|f32[2,4]",
                "f32[N,2,3]|f32[3,4]|f32[N,2,4]",
                "f32[5,1,2,3]|f32[6,3,4]|f32[5,6,2,4]",
                "f32[3]|f32[3,4]|f32[4]",
                "f32[N,3]|f32[3]|f32[N]",
                "f32[3]|f32[3]|f32[]"
            })
    void matrixProductsBroadcastInFront(String a, String b, String product) {
        assertThat(g.matMul(g.input("a", a), g.input("b", b)).type()).hasToString(product);
    }

    @ParameterizedTest
    @CsvSource({"32,3,1,1,32", "32,3,2,1,16", "33,3,2,0,16", "7,7,1,0,1", "28,5,1,2,28"})
    void windowsSlide(int extent, int kernel, int stride, int pad, int windows) {
        Value x = g.input("x", "f32[N,3,%d,H]".formatted(extent));
        Value y = g.conv(
                x,
                g.input("w", "f32[4,3,%d,%d]".formatted(kernel, kernel)),
                null,
                Conv.kernel(kernel).stride(stride).pad(pad));

        assertThat(y.dim(1).value()).isEqualTo(4);
        assertThat(y.dim(2).value()).isEqualTo(windows);
        assertThat(y.dim(3).evaluate(java.util.Map.of("H", (long) extent))).isEqualTo(windows);
    }

    @Test
    void poolsHalve() {
        assertThat(g.maxPool(g.input("x", "f32[N,3,8,W]"), Pool.of(2)).type())
                .hasToString("f32[N,3,4,floor((W-2)/(2))+1]");
    }

    @Test
    void shapesThatAGraphComputesAreFollowed() {
        Value x = g.input("x", "f32[N,T,6]");
        Value rows = g.reshape(x, -1, 6);
        assertThat(rows.type()).hasToString("f32[N*T,6]");
        assertThat(g.reshapeLike(g.tanh(rows), x).type()).hasToString("f32[N,T,6]");
        Value shape = g.concat(0, g.op("Shape", Attributes.of("end", 2), x), g.longs(2, 3));
        assertThat(g.reshape(x, shape).type()).hasToString("f32[N,T,2,3]");
        assertThat(g.slice(x, 1, 1, Integer.MAX_VALUE).type()).hasToString("f32[N,T-1,6]");
        assertThat(g.concat(1, x, x).type()).hasToString("f32[N,2*T,6]");
    }

    /** Extents that only a run tells keep their identity through shapes, so that a copy of a shape is that shape. */
    @Test
    void unknownExtentsStayTheSameExtents() {
        Value kept = g.op("NonZero", g.input("x", "f32[N]"));
        Value row = g.cast(g.reshape(kept, -1), ElementType.FLOAT32);
        assertThat(row.dim(0).isUnknown()).isTrue();
        assertThat(g.fullLike(row, 1).type()).isEqualTo(row.type());
        assertThat(g.expand(g.scalar(ElementType.FLOAT32, 0), g.shapeOf(row)).type())
                .isEqualTo(row.type());
        Value beginning = g.op("Slice", g.input("y", "f32[5,M]"), g.longs(0), g.shapeOf(row), g.longs(0));
        assertThat(beginning.dim(0).isFixed()).isFalse();
        assertThat(beginning.dim(1)).hasToString("M");
    }

    @Test
    void conditionsOfExtentsAreKnown() {
        Value x = g.input("x", "f32[2,3]");
        Value two = g.extent(x, 0);
        Value three = g.extent(x, 1);
        assertThat(known(g.less(two, three))).isEqualTo(1);
        assertThat(known(g.greaterOrEqual(two, three))).isZero();
        assertThat(known(g.not(g.equal(two, three)))).isEqualTo(1);
        assertThat(known(g.or(g.greater(two, three), g.lessOrEqual(two, two)))).isEqualTo(1);
        assertThat(known(g.op("Xor", g.less(two, three), g.less(two, three)))).isZero();
        assertThat(g.equal(g.extent(g.input("y", "f32[N]"), 0), two).contents()).isEmpty();
    }

    private static long known(Value condition) {
        return condition.contents().orElseThrow().get(0).value();
    }

    @Test
    void aConditionThatIsKnownLeavesOneBranch() {
        Value x = g.input("x", "f32[2,3]");
        GraphBuilder then = g.body("then");
        then.output("a", then.exp(x));
        GraphBuilder otherwise = g.body("otherwise");
        otherwise.output("b", otherwise.reshape(x, 6));
        Attributes branches = Attributes.of("then_branch", then.build()).with("else_branch", otherwise.build());

        assertThat(g.op("If", branches, g.scalar(ElementType.BOOL, 0)).type()).hasToString("f32[6]");
        assertThat(g.op("If", branches, g.scalar(ElementType.BOOL, 1))
                        .producer()
                        .orElseThrow()
                        .op())
                .isEqualTo("Exp");
        assertThat(g.nodes()).noneMatch(node -> node.op().equals("If"));
    }

    @Test
    void stepsStackTheirOutputs() {
        GraphBuilder b = g.body("steps");
        Value state = b.input("state", "f32[N,4]");
        Value slice = b.input("slice", "f32[N,4]");
        Value next = b.add(state, slice);
        b.output("next", next);
        b.output("given", b.sum(next, 1));
        java.util.List<Value> results = g.ops(
                "Scan",
                Attributes.of("body", b.build()).with("num_scan_inputs", 1),
                2,
                g.input("first", "f32[N,4]"),
                g.input("sequence", "f32[T,N,4]"));

        assertThat(results.get(0).type()).hasToString("f32[N,4]");
        assertThat(results.get(1).type()).hasToString("f32[T,N]");
    }

    @Test
    void indicesTakeThePlaceOfTheirAxis() {
        Value x = g.input("x", "f32[N,5,6]");
        assertThat(g.gather(x, g.constant(Tensor.scalar(0L)), 1).type()).hasToString("f32[N,6]");
        assertThat(g.gather(x, g.input("i", "i64[K,2]"), 1).type()).hasToString("f32[N,K,2,6]");
        assertThat(g.topK(x, 3, -1).get(1).type()).hasToString("i64[N,5,3]");
        assertThat(g.argMax(x, 1).type()).hasToString("i64[N,6]");
    }
}

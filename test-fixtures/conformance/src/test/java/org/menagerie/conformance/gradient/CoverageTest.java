package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.graph.operator.Operator;
import org.menagerie.graph.operator.Operators;

/** No operator without a rule or a reason, and no rule without a row in the table. */
class CoverageTest {
    private final GradientRules rules = GradientRules.standard();

    private static String qualified(Operator operator) {
        return operator.domain().isEmpty() ? operator.name() : operator.domain() + "." + operator.name();
    }

    @Test
    void everyOperatorHasARuleOrAReason() {
        Set<String> known = new TreeSet<>(rules.differentiable());
        known.addAll(rules.notDifferentiable().keySet());

        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(
                        Operators.all().stream().map(CoverageTest::qualified).toList());
        assertThat(rules.notDifferentiable().keySet()).doesNotContainAnyElementsOf(rules.differentiable());
    }

    @Test
    void everyRuleIsInTheTable() {
        Set<String> tried = new TreeSet<>();
        for (GradientCase row : GradientTableTest.cases()) {
            GraphBuilder g = new GraphBuilder("case", Mode.TRAINING);
            List<Value> x = new ArrayList<>();
            for (Input input : row.inputs()) {
                x.add(g.input("x" + x.size(), input.type(row.element())));
            }
            row.function().build(g, x);
            g.nodes().stream().map(Node::qualifiedOp).forEach(tried::add);
        }

        assertThat(tried).containsAll(rules.differentiable());
    }
}

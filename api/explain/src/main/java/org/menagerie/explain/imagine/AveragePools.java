package org.menagerie.explain.imagine;

import java.util.Objects;
import java.util.Optional;
import org.menagerie.graph.transfer.Replacement;

/** Pools that take the mean in the place of those that take the maximum, as Gatys et al. do for style. */
final class AveragePools {
    static final Replacement INSTEAD_OF_MAXIMA = (g, node, inputs) -> node.qualifiedOp()
                    .equals("MaxPool")
            ? Optional.of(g.op(
                    "AveragePool", node.attributes().without("storage_order"), Objects.requireNonNull(inputs.get(0))))
            : Optional.empty();

    private AveragePools() {}
}

package org.menagerie.explain.method;

import java.util.Set;
import java.util.TreeSet;
import org.menagerie.explain.Attribution;
import org.menagerie.explain.Probe;
import org.menagerie.graph.Node;

/** Says what guided rules mean for a network whose activation functions are not all ReLUs. */
final class Rectifiers {
    private static final Set<String> RELATIVES = Set.of("LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Clip");

    private static final Set<String> OTHERS =
            Set.of("Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Softplus", "Softsign", "PRelu", "Erf");

    private Rectifiers() {}

    static Attribution remark(Probe probe, Attribution attribution) {
        Set<String> operators = new TreeSet<>();
        for (Node node : probe.network().graph().nodes()) {
            operators.add(node.op());
        }
        Attribution told = attribution;
        Set<String> others = new TreeSet<>(operators);
        others.retainAll(OTHERS);
        Set<String> relatives = new TreeSet<>(operators);
        relatives.retainAll(RELATIVES);
        if (!operators.contains("Relu") && relatives.isEmpty()) {
            told = told.saying("The network has no ReLU, so this is its plain gradient.");
        } else if (!others.isEmpty()) {
            told = told.saying("%s keep their plain slopes.".formatted(String.join(", ", others)));
        }
        return relatives.isEmpty()
                ? told
                : told.saying("The rule for ReLU is applied to %s too.".formatted(String.join(", ", relatives)));
    }
}

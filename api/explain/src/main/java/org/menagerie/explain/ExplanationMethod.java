package org.menagerie.explain;

/** A way to explain one answer of a network. Thread-safe. */
@FunctionalInterface
public interface ExplanationMethod {
    /**
     * Tells what each part of the input did for the target.
     *
     * @param probe runs the network and its gradients on variants of the input
     */
    Attribution explain(Probe probe);
}

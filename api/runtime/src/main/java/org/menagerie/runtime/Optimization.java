package org.menagerie.runtime;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** How much ONNX Runtime rewrites a graph when it loads it; more takes longer to load and runs faster. */
public enum Optimization {
    /** The graph as written, to see what its nodes cost. */
    NONE(OptLevel.NO_OPT),
    /** Rewrites that keep to standard operators: constant folding, removal of identities. */
    BASIC(OptLevel.BASIC_OPT),
    /** Fusions into the runtime's own operators too. */
    EXTENDED(OptLevel.EXTENDED_OPT),
    /** Memory layouts that suit the processor too; the fastest runs. */
    ALL(OptLevel.ALL_OPT);

    private final OptLevel level;

    Optimization(OptLevel level) {
        this.level = level;
    }

    OptLevel level() {
        return level;
    }
}

package org.menagerie.runtime;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** How much ONNX Runtime rewrites a graph when it loads it; more takes longer to load and runs faster. */
public enum Optimization {
    /** The graph as written, to see what its nodes cost. */
    NONE,
    /** Rewrites that keep to standard operators: constant folding, removal of identities. */
    BASIC,
    /** Fusions into the runtime's own operators too. */
    EXTENDED,
    /** Memory layouts that suit the processor too; the fastest runs. */
    ALL;

    /** ONNX Runtime's name of it; not a field, so that options can be made where ONNX Runtime is missing. */
    OptLevel level() {
        return switch (this) {
            case NONE -> OptLevel.NO_OPT;
            case BASIC -> OptLevel.BASIC_OPT;
            case EXTENDED -> OptLevel.EXTENDED_OPT;
            case ALL -> OptLevel.ALL_OPT;
        };
    }
}

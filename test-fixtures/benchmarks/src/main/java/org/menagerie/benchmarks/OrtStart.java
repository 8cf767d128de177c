package org.menagerie.benchmarks;

import ai.onnxruntime.OrtEnvironment;

/**
 * Starts ONNX Runtime where the stack has room: its 1.29 release recurses over the process's command line, and the class
 * path of these benchmarks is too long for an ordinary stack. {@code OnnxSession} does the same for its callers.
 */
final class OrtStart {
    private static final long STACK = 256L << 20;

    private OrtStart() {}

    /** The environment, made on first use. */
    static OrtEnvironment environment() {
        withRoom(OrtEnvironment::getEnvironment);
        return OrtEnvironment.getEnvironment();
    }

    /** Runs what makes the environment in its own way. */
    static void withRoom(Runnable start) {
        Thread thread = new Thread(null, start, "onnxruntime-start", STACK);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

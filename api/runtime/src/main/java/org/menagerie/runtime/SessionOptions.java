package org.menagerie.runtime;

import java.util.Objects;

/**
 * How a session loads and runs its graph.
 *
 * @param device where it runs
 * @param threads the threads of one run, the caller's included; 0 takes one a processor that this Java process may
 *     use, which heeds a container's limit as ONNX Runtime's own default does not. Sums can differ in their last bits
 *     between thread counts.
 * @param optimization how much the graph is rewritten when it is loaded
 * @param spinning whether the session's threads wait for work in a busy loop while a run is under way: faster runs, more
 *     processor time. They always stop once no run is under way.
 * @param arena whether memory for intermediate results is kept for the next run; without, each run allocates and frees
 *     it, which is slower and leaves the memory to others
 * @param profiling whether times are recorded for {@link OnnxSession#endProfiling()}
 */
public record SessionOptions(
        Device device, int threads, Optimization optimization, boolean spinning, boolean arena, boolean profiling) {
    public SessionOptions {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(optimization, "optimization");
        if (threads < 0) {
            throw new IllegalArgumentException("Thread count %d must be 0 (automatic) or more".formatted(threads));
        }
    }

    /** {@link Device#AUTO}, automatic threads, {@link Optimization#ALL}, spinning, with an arena, without profiling. */
    public static SessionOptions defaults() {
        return new SessionOptions(Device.AUTO, 0, Optimization.ALL, true, true, false);
    }

    public SessionOptions withDevice(Device device) {
        return new SessionOptions(device, threads, optimization, spinning, arena, profiling);
    }

    public SessionOptions withThreads(int threads) {
        return new SessionOptions(device, threads, optimization, spinning, arena, profiling);
    }

    public SessionOptions withOptimization(Optimization optimization) {
        return new SessionOptions(device, threads, optimization, spinning, arena, profiling);
    }

    public SessionOptions withSpinning(boolean spinning) {
        return new SessionOptions(device, threads, optimization, spinning, arena, profiling);
    }

    public SessionOptions withArena(boolean arena) {
        return new SessionOptions(device, threads, optimization, spinning, arena, profiling);
    }

    public SessionOptions withProfiling(boolean profiling) {
        return new SessionOptions(device, threads, optimization, spinning, arena, profiling);
    }
}

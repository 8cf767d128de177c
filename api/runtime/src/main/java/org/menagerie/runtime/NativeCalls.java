package org.menagerie.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CancelledException;

/**
 * The calls into ONNX Runtime that are under way. A thread of this class looks after them: it stops a run whose thread was
 * interrupted, or whose {@link CallScope} has ended.
 *
 * <p>When the process ends, runs are stopped, calls that cannot be stopped, such as loading a graph, are waited for, and no
 * new ones begin: native code that runs on while the C library takes the process down crashes it.
 */
final class NativeCalls {
    /** How soon an interrupt or a deadline is noticed. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The end of the process is not held up for longer than this. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final Set<NativeCall> UNDER_WAY = ConcurrentHashMap.newKeySet();

    private static volatile boolean ending;
    private static volatile boolean idle;
    private static volatile @Nullable Thread watcher;

    private NativeCalls() {}

    /**
     * A call that is about to begin; closing it ends it.
     *
     * @param options what stops the run; null for a call that cannot be stopped
     * @throws CancelledException if the process is ending
     */
    static NativeCall begin(OrtSession.@Nullable RunOptions options) {
        NativeCall call = new NativeCall(Thread.currentThread(), CallScope.current(), options);
        UNDER_WAY.add(call);
        if (ending) {
            UNDER_WAY.remove(call);
            throw new CancelledException("The program is ending, so no model can be loaded or run");
        }
        if (options != null && idle) {
            LockSupport.unpark(watcher);
        }
        return call;
    }

    static void end(NativeCall call) {
        UNDER_WAY.remove(call);
    }

    /** True once the process is ending: what is still allocated is left to the operating system. */
    static boolean isEnding() {
        return ending;
    }

    /** Starts looking after calls; once a process. */
    static void watch() {
        Thread thread = new Thread(NativeCalls::look, "menagerie-runs");
        thread.setDaemon(true);
        watcher = thread;
        thread.start();
        Runtime.getRuntime().addShutdownHook(new Thread(NativeCalls::finish, "menagerie-finish"));
    }

    private static void look() {
        while (true) {
            if (UNDER_WAY.isEmpty()) {
                idle = true;
                if (UNDER_WAY.isEmpty()) {
                    LockSupport.park(UNDER_WAY);
                }
                idle = false;
            } else {
                for (NativeCall call : UNDER_WAY) {
                    if (call.isUnwanted()) {
                        call.stop();
                    }
                }
                LockSupport.parkNanos(UNDER_WAY, LOOK_NANOS);
            }
        }
    }

    private static void finish() {
        ending = true;
        long start = System.nanoTime();
        while (!UNDER_WAY.isEmpty() && System.nanoTime() - start < LONGEST_WAIT_NANOS) {
            UNDER_WAY.forEach(NativeCall::stop);
            LockSupport.parkNanos(UNDER_WAY, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** One call into ONNX Runtime. */
    static final class NativeCall implements AutoCloseable {
        private final Thread thread;
        private final CallScope scope;
        private final OrtSession.@Nullable RunOptions options;
        private boolean over;
        private boolean stopped;

        private NativeCall(Thread thread, CallScope scope, OrtSession.@Nullable RunOptions options) {
            this.thread = thread;
            this.scope = scope;
            this.options = options;
        }

        private boolean isUnwanted() {
            return thread.isInterrupted() || scope.ended();
        }

        /** Stops the run before its next operator. */
        private synchronized void stop() {
            if (!over && !stopped && options != null) {
                stopped = true;
                try {
                    options.setTerminate(true);
                } catch (OrtException e) {
                    stopped = false; // Tried again at the next look.
                }
            }
        }

        /** The outcome of the call, so that the call is seen to be used. */
        <T> T of(T outcome) {
            return outcome;
        }

        /** Whether the run was told to stop. */
        synchronized boolean wasStopped() {
            return stopped;
        }

        @Override
        public void close() {
            synchronized (this) {
                over = true;
                if (options != null) {
                    options.close();
                }
            }
            end(this);
        }
    }
}

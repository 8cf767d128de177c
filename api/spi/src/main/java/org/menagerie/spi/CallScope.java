package org.menagerie.spi;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can end a call before it has an answer: its time limit, or somebody who cancels it. The interruption of the thread
 * ends a call as well.
 *
 * <p>A scope belongs to the thread that works in it. Networks ask it before and during each run; a component that computes
 * for long without running a network calls {@link #check()} from time to time. Scopes nest: the inner one ends with the
 * outer one.
 */
public final class CallScope {
    private static final ThreadLocal<@Nullable CallScope> CURRENT = new ThreadLocal<>();
    private static final CallScope UNLIMITED = new CallScope("The call", null, null);

    private final String what;
    private final @Nullable Duration limit;
    private final long start = System.nanoTime();
    private final @Nullable CallScope outer;
    private volatile @Nullable String cancelled;

    private CallScope(String what, @Nullable Duration limit, @Nullable CallScope outer) {
        this.what = what;
        this.limit = limit;
        this.outer = outer;
    }

    /**
     * A scope for one call of this thread.
     *
     * @param what the call as messages name it, for example {@code A prediction of lenet}
     * @param limit how long it may take; null for as long as it needs
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static CallScope of(String what, @Nullable Duration limit) {
        if (limit != null && (limit.isZero() || limit.isNegative())) {
            throw new IllegalArgumentException("A time limit must be positive, not " + limit);
        }
        return new CallScope(what, limit, CURRENT.get());
    }

    /** The scope that this thread works in; one without a limit if it works in none. */
    public static CallScope current() {
        CallScope scope = CURRENT.get();
        return scope == null ? UNLIMITED : scope;
    }

    /**
     * Does work of this thread in this scope.
     *
     * @throws CancelledException if the work asks {@link #check()} after the scope has ended
     */
    public <T> T run(Supplier<T> work) {
        CallScope before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Ends the work in this scope at its next check. May be called from any thread. */
    public void cancel(String reason) {
        if (this != UNLIMITED) {
            cancelled = reason;
        }
    }

    /** True if the scope was cancelled or its time is over. Any thread may ask. */
    public boolean ended() {
        return cancelled != null || isLate() || (outer != null && outer.ended());
    }

    /**
     * Returns if the work may go on.
     *
     * @throws DeadlineException if the time limit has passed
     * @throws CancelledException if the thread was interrupted, or the scope cancelled
     */
    public void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(what + " was interrupted");
        }
        if (cancelled != null) {
            throw new CancelledException("%s was cancelled: %s".formatted(what, cancelled));
        }
        if (isLate()) {
            throw new DeadlineException(
                    "%s took longer than its limit of %,d ms".formatted(what, limit == null ? 0 : limit.toMillis()));
        }
        if (outer != null) {
            outer.check();
        }
    }

    private boolean isLate() {
        return limit != null && System.nanoTime() - start >= nanos(limit);
    }

    private static long nanos(Duration limit) {
        try {
            return limit.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // 292 years
        }
    }
}

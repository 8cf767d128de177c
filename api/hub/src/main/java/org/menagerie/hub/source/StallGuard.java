package org.menagerie.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Closes a stream that brings too little in too long a time, which wakes whoever reads it. */
final class StallGuard implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "menagerie-downloads");
        thread.setDaemon(true);
        return thread;
    });

    private final InputStream stream;
    private final HttpPolicy policy;
    private final AtomicLong moved = new AtomicLong();
    private final ScheduledFuture<?> watch;
    private volatile boolean stalled;

    StallGuard(InputStream stream, HttpPolicy policy) {
        this.stream = stream;
        this.policy = policy;
        long millis = policy.stall().toMillis();
        this.watch = CLOCK.scheduleAtFixedRate(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    void moved(long bytes) {
        moved.addAndGet(bytes);
    }

    private void look() {
        if (moved.getAndSet(0) < policy.stallBytes()) {
            stalled = true;
            try {
                stream.close();
            } catch (IOException e) {
                // The reader sees the same failure.
                stalled = true;
            }
        }
    }

    /** Fails if the stream ended because it was closed here. */
    void check() throws IOException {
        if (stalled) {
            throw new IOException("less than %,d bytes arrived in %s s"
                    .formatted(policy.stallBytes(), policy.stall().toMillis() / 1000.0));
        }
    }

    @Override
    public void close() {
        watch.cancel(false);
    }
}

package org.menagerie.training.data;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares a batch on a daemon thread while the caller uses the one before. Two memories take turns, so the caller's batch
 * and the one being prepared never share a buffer.
 */
final class PrefetchedStream implements BatchStream {
    private final Batches batches;
    private final BatchMemory[] memories = {new BatchMemory(), new BatchMemory()};
    private final ExecutorService thread = Executors.newSingleThreadExecutor(PrefetchedStream::daemon);
    private long position;
    private Future<Batch> upcoming;

    /** @param position of the first batch, in steps since the first of the first epoch */
    PrefetchedStream(Batches batches, long position) {
        this.batches = batches;
        this.position = position;
        this.upcoming = prepare(batches, position, memories[(int) (position & 1)]);
    }

    @Override
    public Batch next() {
        Batch batch = await(upcoming);
        position++;
        upcoming = prepare(batches, position, memories[(int) (position & 1)]);
        return batch;
    }

    private Future<Batch> prepare(Batches from, long at, BatchMemory memory) {
        return thread.submit(() -> from.batchAt(at, memory));
    }

    private static Batch await(Future<Batch> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for the next batch");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Thread daemon(Runnable task) {
        Thread worker = new Thread(task, "menagerie-batches");
        worker.setDaemon(true);
        return worker;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

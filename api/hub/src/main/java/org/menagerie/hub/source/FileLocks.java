package org.menagerie.hub.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks by name that hold between threads and between processes.
 *
 * <p>The operating system releases a dead process's locks. Lock files stay, empty: removing one would let two processes
 * hold locks on two files of one name.
 */
public final class FileLocks {
    /** A file lock belongs to the whole process, so threads are kept apart by these, one for all stores of a process. */
    private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path folder;

    public FileLocks(Path folder) {
        this.folder = folder;
    }

    /** Waits for the lock, does the work, and releases the lock. */
    public <T> T holding(String name, Work<T> work) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(name + ".lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
        acquire(threads);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assert lock.isValid();
            return work.run();
        } finally {
            threads.unlock();
        }
    }

    /** Waits until the lock is free, or until the thread is interrupted. */
    private static void acquire(ReentrantLock threads) throws IOException {
        try {
            threads.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread fetches the same");
        }
    }

    /** Does the work if nobody holds the lock; does nothing if somebody does. */
    public <T> Optional<T> ifFree(String name, Work<T> work) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(name + ".lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
        if (!threads.tryLock()) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null ? Optional.empty() : Optional.of(work.run());
        } finally {
            threads.unlock();
        }
    }

    /** What is done under a lock. */
    public interface Work<T> {
        T run() throws IOException;
    }
}

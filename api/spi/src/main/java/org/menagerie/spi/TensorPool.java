package org.menagerie.spi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Direct memory that is used again.
 *
 * <p>A new direct buffer costs its zeroing, a page fault for every 4 KiB and a cleaner that waits for a garbage
 * collection: for a batch of small pictures more than running the network. A pool hands out the memory of tensors that
 * were given back. Thread-safe.
 */
public final class TensorPool {
    private static final long DEFAULT_CAPACITY = 64 << 20;

    private final Deque<Tensor> free = new ArrayDeque<>();
    private final long capacity;
    private long held;

    /** A pool that keeps up to 64 MiB of free memory. */
    public TensorPool() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * A pool that keeps some free memory.
     *
     * @param capacity the most that is kept, bytes; what was given back longest ago goes first
     */
    public TensorPool(long capacity) {
        this.capacity = capacity;
    }

    /** A tensor with <b>undefined elements</b>; new if none of its size is free. */
    public Tensor take(ElementType elementType, Shape shape) {
        long bytes = Math.multiplyExact(shape.size(), elementType.bytes());
        synchronized (free) {
            for (Iterator<Tensor> each = free.iterator(); each.hasNext(); ) {
                Tensor tensor = each.next();
                if (tensor.bytes().capacity() == bytes) {
                    each.remove();
                    held -= bytes;
                    return Tensor.wrap(elementType, shape, tensor.bytes());
                }
            }
        }
        return Tensor.allocate(elementType, shape);
    }

    /** What gives a tensor's memory back, once however often it is run; nobody may use the tensor afterwards. */
    public Runnable returning(Tensor tensor) {
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                give(tensor);
            }
        };
    }

    private void give(Tensor tensor) {
        synchronized (free) {
            free.addFirst(tensor);
            held += tensor.bytes().capacity();
            while (held > capacity) {
                held -= free.removeLast().bytes().capacity();
            }
        }
    }
}

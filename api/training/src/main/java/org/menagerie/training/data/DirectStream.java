package org.menagerie.training.data;

/** Prepares each batch when it is asked for. */
final class DirectStream implements BatchStream {
    private final Batches batches;
    private final BatchMemory memory = new BatchMemory();
    private long position;

    /** @param position of the first batch, in steps since the first of the first epoch */
    DirectStream(Batches batches, long position) {
        this.batches = batches;
        this.position = position;
    }

    @Override
    public Batch next() {
        Batch batch = batches.batchAt(position, memory);
        position++;
        return batch;
    }

    @Override
    public void close() {}
}

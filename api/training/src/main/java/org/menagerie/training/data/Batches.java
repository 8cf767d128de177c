package org.menagerie.training.data;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * A data set cut into batches, the same bits for the same plan. Any batch of any epoch can be had without those before
 * it, so a run resumes where it was cut. Thread-safe.
 */
public final class Batches {
    private final Dataset dataset;
    private final BatchOrder plan;
    private final Transform transform;
    private final RandomStreams random;
    private final LengthPools pools;
    private volatile @Nullable Order latest;

    /**
     * @param transform applied to each batch with a generator of its own for (seed, epoch, step)
     * @throws InvalidInputException if the data set has not enough examples for one batch
     */
    public Batches(Dataset dataset, BatchOrder plan, Transform transform) {
        this.dataset = dataset;
        this.plan = plan;
        this.transform = transform;
        this.random = new RandomStreams(plan.seed());
        this.pools = LengthPools.of(dataset);
        if (stepsPerEpoch() == 0) {
            throw new InvalidInputException("Data set %s has %,d examples, not enough for a batch of %,d"
                    .formatted(dataset.info().name(), dataset.size(), plan.batchSize()));
        }
    }

    public Batches(Dataset dataset, BatchOrder plan) {
        this(dataset, plan, Transform.NONE);
    }

    public Dataset dataset() {
        return dataset;
    }

    public BatchOrder plan() {
        return plan;
    }

    /** The number of batches in an epoch. */
    public int stepsPerEpoch() {
        int whole = dataset.size() / plan.batchSize();
        return plan.dropLast() || dataset.size() % plan.batchSize() == 0 ? whole : whole + 1;
    }

    /** One batch, put into the memory and valid until the memory is used again. */
    public Batch batch(int epoch, int step, BatchMemory memory) {
        int[] indices = indices(epoch, step);
        Map<String, Tensor> tensors = dataset.batch(indices, memory);
        transform.apply(tensors, random.at("transform", epoch, step));
        return new Batch(epoch, step, indices.length, tensors);
    }

    /** The batch that comes this many steps after the first of the first epoch. */
    Batch batchAt(long position, BatchMemory memory) {
        return batch((int) (position / stepsPerEpoch()), (int) (position % stepsPerEpoch()), memory);
    }

    /**
     * Refuses the batch at a position, counted from 0 over all epochs, if a real number in it is NaN or infinite.
     *
     * @throws InvalidInputException naming the example and the column
     */
    public void requireFinite(long position) {
        int epoch = (int) (position / stepsPerEpoch());
        int step = (int) (position % stepsPerEpoch());
        int[] indices = indices(epoch, step);
        FiniteCheck data = new FiniteCheck(dataset.info().name(), indices);
        data.require(dataset.batch(indices, new BatchMemory()), "");
        data.require(batch(epoch, step, new BatchMemory()).tensors(), " after augmentation and normalisation");
    }

    /** The batches from the first of the first epoch, epoch after epoch without end. */
    public BatchStream stream() {
        return stream(0, 0);
    }

    /** The batches from one step of an epoch, and so on without end. */
    public BatchStream stream(int epoch, int step) {
        checkStep(epoch, step);
        long position = (long) epoch * stepsPerEpoch() + step;
        return plan.prefetch() ? new PrefetchedStream(this, position) : new DirectStream(this, position);
    }

    /** Which of the data set's examples make up a batch. */
    public int[] indices(int epoch, int step) {
        checkStep(epoch, step);
        int from = step * plan.batchSize();
        int to = Math.min(dataset.size(), from + plan.batchSize());
        return Arrays.copyOfRange(order(epoch), from, to);
    }

    private void checkStep(int epoch, int step) {
        if (epoch < 0 || step < 0 || step >= stepsPerEpoch()) {
            throw new IndexOutOfBoundsException("Step %d of epoch %d does not exist; an epoch has %d steps"
                    .formatted(step, epoch, stepsPerEpoch()));
        }
    }

    private int[] order(int epoch) {
        int number = plan.shuffle() ? epoch : 0;
        Order order = latest;
        if (order == null || order.epoch != number) {
            order = new Order(number, examples(number));
            latest = order;
        }
        return order.examples;
    }

    private int[] examples(int epoch) {
        if (plan.shuffle() && dataset.isContinuous()) {
            return rowByRow();
        }
        if (plan.shuffle()) {
            int[] order = random.permutation(dataset.size(), "shuffle", epoch);
            return pools.ordered(order, plan.batchSize(), random, epoch);
        }
        int[] examples = new int[dataset.size()];
        Arrays.setAll(examples, i -> i);
        return examples;
    }

    /** Each row of the batches goes through a part of the data in its order; what is left over comes last. */
    private int[] rowByRow() {
        int size = plan.batchSize();
        int steps = dataset.size() / size;
        int[] examples = new int[dataset.size()];
        Arrays.setAll(examples, i -> i < steps * size ? i % size * steps + i / size : i);
        return examples;
    }

    private record Order(int epoch, int[] examples) {}
}

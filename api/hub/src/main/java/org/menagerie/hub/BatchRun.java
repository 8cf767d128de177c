package org.menagerie.hub;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;

/**
 * Has a model answer many inputs, some at a time. An input that cannot be read or answered does not keep the others from being
 * answered.
 *
 * @param model answers
 * @param size the most inputs that are read and predicted together
 */
public record BatchRun<I, O>(Model<I, O> model, int size) {
    private static final int SIZE = 16;

    public BatchRun {
        if (size < 1) {
            throw new IllegalArgumentException("A batch has at least 1 input, not " + size);
        }
    }

    /** Runs a model on 16 inputs at a time. */
    public BatchRun(Model<I, O> model) {
        this(model, SIZE);
    }

    /**
     * An answer to one input.
     *
     * @param name of the input
     * @param input what was answered
     * @param answer null if the model has none
     * @param millis of the prediction, its share of the batch
     */
    public record Answered<I, O>(
            String name, I input, @Nullable O answer, double millis) {}

    /** Is told of answers and failures, in the order of the inputs within a batch. */
    public interface Listener<I, O> {
        /** An input was answered. */
        void answered(Answered<I, O> answered) throws Exception;

        /** An input could not be read or answered. */
        void failed(String reason);
    }

    /**
     * Reads and answers all inputs.
     *
     * @throws Exception what the listener throws, and failures that are not the input's fault
     */
    public void run(List<Found<I>> inputs, Listener<I, O> listener) throws Exception {
        for (int from = 0; from < inputs.size(); from += size) {
            batch(inputs.subList(from, Math.min(inputs.size(), from + size)), listener);
        }
    }

    private record Read<I>(String name, I input) {}

    private void batch(List<Found<I>> batch, Listener<I, O> listener) throws Exception {
        List<Read<I>> read = new ArrayList<>();
        for (Found<I> found : batch) {
            try {
                read.add(new Read<>(found.name(), found.read().call()));
            } catch (InvalidInputException e) {
                listener.failed(String.valueOf(e.getMessage()));
            }
        }
        if (read.size() > 1) {
            List<Answered<I, O>> answers;
            try {
                answers = predict(read);
            } catch (InvalidInputException e) {
                answers = List.of();
            }
            if (!answers.isEmpty()) {
                for (Answered<I, O> answer : answers) {
                    listener.answered(answer);
                }
                return;
            }
        }
        for (Read<I> one : read) {
            alone(one, listener);
        }
    }

    private void alone(Read<I> one, Listener<I, O> listener) throws Exception {
        List<Answered<I, O>> answers;
        try {
            answers = predict(List.of(one));
        } catch (InvalidInputException e) {
            listener.failed("%s: %s".formatted(one.name(), e.getMessage()));
            return;
        }
        listener.answered(answers.get(0));
    }

    private List<Answered<I, O>> predict(List<Read<I>> read) {
        long start = System.nanoTime();
        List<O> answers = model.predict(read.stream().map(Read::input).toList());
        double millis = (System.nanoTime() - start) / 1e6 / read.size();
        List<Answered<I, O>> answered = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            answered.add(new Answered<>(read.get(i).name(), read.get(i).input(), answers.get(i), millis));
        }
        return answered;
    }
}

package org.menagerie.training.recipe;

import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.ensemble.Combination;
import org.menagerie.training.ensemble.Ensemble;

/**
 * An ensemble as a recipe states it: how many networks, what they differ in, and how they answer together.
 *
 * @param members at least 2
 * @param kind what they differ in
 * @param answer how they answer
 */
public record Committee(int members, Kind kind, Answer answer) {
    /** What members differ in. */
    public enum Kind {
        /** Initial weights and order. */
        SEEDS,
        /** The examples too: each draws as many as there are, with replacement. */
        BOOTSTRAP,
        /** The time: one run whose learning rate falls and rises again gives one at each low, for the price of one. */
        SNAPSHOTS
    }

    /** How members answer. */
    public enum Answer {
        /** The mean of their probabilities. */
        MEAN,
        /** The class that most name first. */
        VOTE,
        /** One network with the means of their weights; for snapshots. */
        WEIGHTS
    }

    public Committee {
        if (members < 2) {
            throw new InvalidInputException("An ensemble has at least 2 members; found " + members);
        }
        if (answer == Answer.WEIGHTS && kind != Kind.SNAPSHOTS) {
            throw new InvalidInputException(
                    "Weights can be averaged of snapshots of one run only; take another answer, or snapshots");
        }
    }

    /** The members as one network. */
    Ensemble joined(Graph member, List<Map<String, Tensor>> weights) {
        return switch (answer) {
            case MEAN -> Ensemble.of(member, weights, Combination.MEAN_PROBABILITY);
            case VOTE -> Ensemble.of(member, weights, Combination.MAJORITY_VOTE);
            case WEIGHTS -> Ensemble.averaged(member, weights);
        };
    }

    /**
     * The epochs between two snapshots.
     *
     * @throws InvalidInputException if they do not divide the whole
     */
    int cycle(int epochs) {
        if (epochs % members != 0) {
            throw new InvalidInputException(
                    "%d snapshots need a multiple of %d epochs; found %d".formatted(members, members, epochs));
        }
        return epochs / members;
    }
}

package org.menagerie.training.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;
import org.menagerie.training.EpochReport;
import org.menagerie.training.Objective;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.data.Splits;
import org.menagerie.training.ensemble.Ensemble;
import org.menagerie.training.ensemble.Members;
import org.menagerie.training.ensemble.Snapshots;

/** Trains the members of a committee and joins them. */
final class CommitteeTraining {
    private final Committee committee;
    private final Graph member;
    private final Members.Training training;
    private final List<EpochReport> history = new ArrayList<>();

    /** @param member the network for inference */
    CommitteeTraining(Committee committee, Graph member, Members.Training training) {
        this.committee = committee;
        this.member = member;
        this.training = training;
    }

    /**
     * Trains all.
     *
     * @param seed of the first; the others' follow it
     * @param epochs of one run
     */
    Ensemble execute(Splits splits, Trainer.Storage storage, long seed, int epochs, TrainingListener listener) {
        TrainingListener recording = recording(listener);
        return committee.joined(
                member,
                switch (committee.kind()) {
                    case SEEDS -> train(Members.Differ.BY_SEED, splits, storage, seed, recording);
                    case BOOTSTRAP -> train(Members.Differ.BY_BOOTSTRAP, splits, storage, seed, recording);
                    case SNAPSHOTS -> snapshots(splits, storage, seed, epochs, recording);
                });
    }

    private List<Map<String, Tensor>> train(
            Members.Differ differ, Splits splits, Trainer.Storage storage, long seed, TrainingListener listener) {
        return Members.train(committee.members(), differ, training, splits, storage, seed, listener);
    }

    private List<Map<String, Tensor>> snapshots(
            Splits splits, Trainer.Storage storage, long seed, int epochs, TrainingListener listener) {
        Snapshots snapshots = new Snapshots(storage.folder(), committee.cycle(epochs));
        training.train(seed, splits, storage, listener.after(snapshots));
        return snapshots.weights(member.parameters());
    }

    private TrainingListener recording(TrainingListener listener) {
        return listener.after(new TrainingListener() {
            @Override
            public void epochEnded(EpochReport report) {
                history.add(report);
            }
        });
    }

    /** The reports of all members, one after the other, those of an earlier, resumed run left out. */
    List<EpochReport> history() {
        return List.copyOf(history);
    }

    /** Softmax cross-entropy of an ensemble's answer, and its accuracy. */
    static Objective objective(Ensemble ensemble) {
        return g -> {
            Map<Value, Value> given = new HashMap<>();
            ensemble.graph().inputs().forEach(input -> given.put(input, g.input(input.name(), input.type())));
            Map<String, Value> outputs = g.inline(ensemble.graph(), given);
            outputs.forEach(g::output);
            return Architecture.classificationLoss(g);
        };
    }
}

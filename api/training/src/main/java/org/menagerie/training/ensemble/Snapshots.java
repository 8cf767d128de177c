package org.menagerie.training.ensemble;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Parameter;
import org.menagerie.spi.Tensor;
import org.menagerie.training.EpochReport;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainingListener;
import org.menagerie.weights.Safetensors;

/**
 * Keeps the weights at the end of every so many epochs of one run: with {@link
 * org.menagerie.training.schedule.CyclicCosine} of as long cycles, the members of a snapshot ensemble (Huang 2017) for
 * the price of one training. They are files beside the checkpoint, so that a resumed training has the earlier ones.
 *
 * @param folder of the training
 * @param epochs of a cycle
 */
public record Snapshots(Path folder, int epochs) implements TrainingListener {
    public Snapshots {
        if (epochs < 1) {
            throw new IllegalArgumentException("A cycle has at least one epoch; found " + epochs);
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        if (report.epoch() % epochs == 0) {
            Safetensors.read(folder.resolve(Trainer.CHECKPOINT)).write(file(report.epoch() / epochs));
        }
    }

    /**
     * The weights that were kept, from the first cycle's.
     *
     * @param network the network's parameters; the optimizer's state is left out
     */
    public List<Map<String, Tensor>> weights(Map<String, Parameter> network) {
        List<Map<String, Tensor>> weights = new ArrayList<>();
        for (int cycle = 1; Files.exists(file(cycle)); cycle++) {
            weights.add(Parameter.tensors(network, Safetensors.read(file(cycle)).tensors()));
        }
        return weights;
    }

    private Path file(int cycle) {
        return folder.resolve("snapshot-%d.safetensors".formatted(cycle));
    }
}

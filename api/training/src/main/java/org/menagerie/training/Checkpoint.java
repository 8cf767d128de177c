package org.menagerie.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.metrics.Mean;
import org.menagerie.weights.Safetensors;

/**
 * Where a training stands: all that resuming to the same bits needs.
 *
 * @param tensors parameters and optimizer state
 * @param history a report for each epoch done
 * @param position in the epoch that was begun
 * @param identity data, recipe and versions; resuming with others is refused
 */
record Checkpoint(
        Map<String, Tensor> tensors, List<EpochReport> history, Position position, Map<String, String> identity) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IDENTITY = "fingerprint";
    private static final String HISTORY = "history";
    private static final String POSITION = "position";

    /**
     * A place in an epoch.
     *
     * @param steps that the epoch has taken
     * @param means of its metrics so far
     */
    record Position(int steps, Map<String, Mean.State> means) {
        static final Position START = new Position(0, Map.of());
    }

    void write(Path folder) {
        Map<String, String> metadata = new LinkedHashMap<>();
        try {
            metadata.put(IDENTITY, JSON.writeValueAsString(new TreeMap<>(identity)));
            metadata.put(HISTORY, JSON.writeValueAsString(history));
            if (position.steps() > 0) {
                metadata.put(POSITION, JSON.writeValueAsString(position));
            }
        } catch (JsonProcessingException e) {
            throw new ZooException("The training's history cannot be written: " + e.getMessage(), e);
        }
        new Safetensors(tensors, metadata).write(folder.resolve(Trainer.CHECKPOINT));
    }

    /** The checkpoint of a folder, if it has one. */
    static Optional<Checkpoint> read(Path folder, Map<String, String> identity) {
        Path file = folder.resolve(Trainer.CHECKPOINT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Safetensors read = Safetensors.read(file);
        Map<String, String> metadata = read.metadata();
        Identity.requireSame(file, metadata.getOrDefault(IDENTITY, "none"), identity);
        try {
            List<EpochReport> history = JSON.readValue(metadata.getOrDefault(HISTORY, "[]"), new TypeReference<>() {});
            String position = metadata.get(POSITION);
            return Optional.of(new Checkpoint(
                    read.tensors(),
                    history,
                    position == null ? Position.START : JSON.readValue(position, Position.class),
                    identity));
        } catch (JsonProcessingException e) {
            throw new ZooException(
                    "Checkpoint '%s' has a damaged history: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }
}

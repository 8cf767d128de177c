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
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.checkpoint.Safetensors;

/**
 * Where a training stands after an epoch: all that resuming to the same bits needs.
 *
 * @param tensors parameters and optimizer state
 * @param history a report for each epoch done
 * @param fingerprint of data, recipe and versions; resuming with another is refused
 */
record Checkpoint(Map<String, Tensor> tensors, List<EpochReport> history, String fingerprint) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path folder) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("fingerprint", fingerprint);
        try {
            metadata.put("history", JSON.writeValueAsString(history));
        } catch (JsonProcessingException e) {
            throw new ZooException("The training's history cannot be written: " + e.getMessage(), e);
        }
        new Safetensors(tensors, metadata).write(folder.resolve(Trainer.CHECKPOINT));
    }

    /** The checkpoint of a folder, if it has one. */
    static Optional<Checkpoint> read(Path folder, String fingerprint) {
        Path file = folder.resolve(Trainer.CHECKPOINT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Safetensors read = Safetensors.read(file);
        String found = read.metadata().getOrDefault("fingerprint", "none");
        if (!found.equals(fingerprint)) {
            throw new ZooException("Checkpoint '%s' belongs to another training. It was made with %s; this one is %s"
                    .formatted(file, found, fingerprint));
        }
        try {
            List<EpochReport> history =
                    JSON.readValue(read.metadata().getOrDefault("history", "[]"), new TypeReference<>() {});
            return Optional.of(new Checkpoint(read.tensors(), history, fingerprint));
        } catch (JsonProcessingException e) {
            throw new ZooException(
                    "Checkpoint '%s' has a damaged history: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }
}

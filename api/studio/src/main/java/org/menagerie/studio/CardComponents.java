package org.menagerie.studio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Task;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.Configurable;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.spi.settings.Suggestions;
import org.menagerie.spi.settings.TreeSettings;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.recipe.InputStatistics;

/** The blocks of a trained model's card that name what feeds its networks and reads them. */
record CardComponents(Task task, DatasetInfo data) {
    /** Adds the blocks to a card's {@code menagerie} block. */
    void write(ObjectNode menagerie, Optional<InputStatistics> statistics) {
        ObjectNode settings = CardInput.JSON.valueToTree(task.settings());
        CardInput.of(task, data).write(menagerie, statistics);
        if (task.whole()) {
            ObjectNode kind = menagerie.putObject("kind").put("name", task.decoder());
            kind.setAll(settings);
            List<String> vocabulary = data.vocabulary();
            if (!vocabulary.isEmpty() && settings.has("input")) {
                kind.put("characters", String.join("", vocabulary.subList(1, vocabulary.size())));
            }
            return;
        }
        menagerie.putObject("decoder").put("name", task.decoder()).setAll(settings);
    }

    /**
     * Reads the blocks into the records of the kinds that they name, so that a fault of the task is found before training.
     *
     * @param subject what is trained, for messages
     * @throws InvalidInputException if no plugin brings a kind of that name
     * @throws org.menagerie.spi.ZooException if the kind's record does not have a field, lacks one, or refuses its value
     */
    void require(Zoo zoo, String subject) {
        ObjectNode menagerie = CardInput.JSON.createObjectNode();
        write(menagerie, Optional.empty());
        require(menagerie, "kind", zoo.components(ModelKind.class), subject);
        require(menagerie, "preprocessor", zoo.components(PreprocessorKind.class), subject);
        require(menagerie, "decoder", zoo.components(DecoderKind.class), subject);
    }

    private static void require(
            ObjectNode menagerie, String role, Map<String, ? extends Configurable> known, String subject) {
        if (!(menagerie.get(role) instanceof ObjectNode block)) {
            return;
        }
        String name = block.remove("name").asText();
        Configurable kind = kind(known, role, name, subject);
        if (kind instanceof DecoderKind<?, ?> decoder && decoder.merges()) {
            block.remove(MergingDecoder.SETTING); // belongs to the model around the decoder
        }
        TreeSettings.of("The task of '%s', %s '%s'".formatted(subject, role, name), block)
                .as(kind.settings());
    }

    /** Finds the kind that a task names, or tells those that there are. */
    static <K> K kind(Map<String, K> known, String role, String name, String subject) {
        K kind = known.get(name);
        if (kind == null) {
            throw new InvalidInputException("The task of '%s' names %s '%s', which no plugin brings%s; there are %s"
                    .formatted(
                            subject,
                            role,
                            name,
                            Suggestions.didYouMean(name, known.keySet()),
                            String.join(", ", known.keySet())));
        }
        return kind;
    }
}

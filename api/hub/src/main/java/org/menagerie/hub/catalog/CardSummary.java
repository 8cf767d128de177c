package org.menagerie.hub.catalog;

import java.util.List;
import java.util.Optional;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ModelCard.Component;

/**
 * What a listing says of a card.
 *
 * @param task the Hugging Face {@code pipeline_tag}
 * @param license of the weights
 * @param architecture the name of the component that builds it, unless it was made elsewhere
 * @param contents its files
 */
public record CardSummary(String task, String license, Optional<String> architecture, List<Content> contents) {
    /**
     * A file of the model.
     *
     * @param sha256 64 hexadecimal digits, lower case
     * @param size bytes
     */
    public record Content(String sha256, long size) {
        static Content of(Artifact artifact) {
            return new Content(artifact.sha256(), artifact.size());
        }
    }

    public CardSummary {
        contents = List.copyOf(contents);
    }

    public static CardSummary of(ModelCard card) {
        return new CardSummary(
                card.task(),
                card.license(),
                card.architecture().map(Component::name),
                card.artifacts().values().stream().map(Content::of).toList());
    }

    /** All files together, bytes. */
    public long size() {
        return contents.stream().mapToLong(Content::size).sum();
    }
}

package org.menagerie.studio;

import java.util.List;

/**
 * Chooses what the card of a trained model says beside the facts of its run.
 *
 * @param command words of a shell's command line that trains the model again; empty if there is none
 */
public record PublishOptions(List<String> command) {
    public PublishOptions {
        command = List.copyOf(command);
    }

    public static PublishOptions defaults() {
        return new PublishOptions(List.of());
    }
}

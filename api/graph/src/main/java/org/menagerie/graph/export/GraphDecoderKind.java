package org.menagerie.graph.export;

import java.util.Optional;
import org.menagerie.spi.ModelCard;

/**
 * A decoder that can be written into a file, behind the networks of a card, so that any program which runs ONNX files has it. A
 * plugin binds one with {@code PluginBinder.on(binder()).bind(GraphDecoderKind.class, "greedy")}.
 */
public interface GraphDecoderKind {
    /** Says in one sentence what it does, and for which cards. */
    String about();

    /** Why it cannot serve a card, as a sentence without a full stop that names the card; empty if it can. */
    Optional<String> misfit(ModelCard card);

    /** Adds the card's networks and itself to a graph. */
    void build(WholeGraph whole);
}

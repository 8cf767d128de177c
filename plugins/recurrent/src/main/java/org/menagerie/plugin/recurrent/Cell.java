package org.menagerie.plugin.recurrent;

import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.RecurrentLayers.Start;
import org.menagerie.graph.RecurrentLayers.States;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Recurrent;

/** The recurrent cell. */
enum Cell {
    /** Elman's, with tanh. */
    RNN,
    LSTM,
    GRU;

    /** Runs layers named {@code rnn} over a sequence {@code [T,N,width]}. */
    States run(GraphBuilder g, Value x, @Nullable Value lengths, Start start, Recurrent layers) {
        return switch (this) {
            case RNN -> g.rnn("rnn", x, lengths, start, layers);
            case LSTM -> g.lstm("rnn", x, lengths, start, layers);
            case GRU -> g.gru("rnn", x, lengths, start, layers);
        };
    }
}

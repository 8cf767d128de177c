package org.menagerie.text.generation;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.menagerie.spi.CallScope;

/** The pieces of one text, drawn when they are asked for. For one thread. */
final class GeneratedPieces implements Iterator<GeneratedPiece> {
    private final GenerationModel.Begun begun;
    private final Vocabulary.Writer writer;
    private final Queue<GeneratedPiece> ready = new ArrayDeque<>();
    private String held = "";
    private boolean stopped;
    private boolean done;

    GeneratedPieces(GenerationModel.Begun begun) {
        this.begun = begun;
        this.writer = begun.vocabulary().writer();
    }

    Stream<GeneratedPiece> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(begun.batch()::close);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !done) {
            CallScope.current().check();
            if (begun.drawing().step()) {
                int token = begun.drawing().token(0);
                if (token >= 0 && token != begun.end()) {
                    String text = shown(writer.add(token));
                    ready.add(new GeneratedPiece(
                            text,
                            begun.vocabulary().label(token),
                            begun.drawing().log(0)));
                }
            } else {
                done = true;
                String rest = stopped ? "" : begun.stops().cut(held + writer.end());
                if (!rest.isEmpty()) {
                    ready.add(new GeneratedPiece(rest, "", 0));
                }
            }
        }
        return !ready.isEmpty();
    }

    /** What can be shown of the text that is held with more of it, before a stop or what may become one. */
    private String shown(String more) {
        String all = held + more;
        int stop = stopped ? 0 : begun.stops().at(all);
        stopped |= stop >= 0;
        int end = stopped ? Math.max(0, stop) : all.length() - begun.stops().held(all);
        held = stopped ? "" : all.substring(end);
        return all.substring(0, end);
    }

    @Override
    public GeneratedPiece next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The text is complete");
        }
        return ready.remove();
    }
}

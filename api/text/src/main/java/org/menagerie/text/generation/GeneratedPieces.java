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
                    ready.add(new GeneratedPiece(
                            writer.add(token),
                            begun.vocabulary().label(token),
                            begun.drawing().log(0)));
                }
            } else {
                done = true;
                String rest = writer.end();
                if (!rest.isEmpty()) {
                    ready.add(new GeneratedPiece(rest, "", 0));
                }
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public GeneratedPiece next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The text is complete");
        }
        return ready.remove();
    }
}

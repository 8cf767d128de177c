package org.menagerie.spi.input;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An input type, and how files, streams and arguments become inputs. Bound by a plugin through {@code PluginBinder.input}; found
 * by the class that a model takes.
 *
 * @param type the input type
 * @param singular what messages call one, for example {@code picture}
 * @param plural what messages call several
 * @param endings of the files that are read in a folder, in small letters, without a dot
 * @param file reads a file that is one input
 * @param several reads a file that is any number of inputs; empty if files of this type are one input each
 * @param text makes an input of a text that a person typed; empty if inputs cannot be typed
 * @param limit of what is read, where callers may choose one
 */
public record InputKind<I>(
        Class<I> type,
        String singular,
        String plural,
        List<String> endings,
        FileReader<I> file,
        Optional<SeveralReader<I>> several,
        Optional<Function<String, I>> text,
        Optional<InputLimit> limit) {
    /** Reads a file that is one input. */
    @FunctionalInterface
    public interface FileReader<I> {
        /**
         * The input that bytes hold.
         *
         * @param name what errors call it
         * @param limit the most that is read, in the units of {@link InputKind#limit}; of no meaning without one
         */
        I read(byte[] bytes, String name, long limit) throws IOException;
    }

    /** Reads a file that is any number of inputs. */
    @FunctionalInterface
    public interface SeveralReader<I> {
        /**
         * The inputs that bytes hold; at least one.
         *
         * @param name what errors call the file, and what the names of its inputs begin with
         */
        List<NamedInput<I>> read(byte[] bytes, String name);
    }

    public InputKind {
        endings = List.copyOf(endings);
    }

    /** Inputs that are files. */
    public InputKind(Class<I> type, String singular, String plural, List<String> endings, FileReader<I> file) {
        this(type, singular, plural, endings, file, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same kind, whose files hold any number of inputs. */
    public InputKind<I> several(SeveralReader<I> reader) {
        return new InputKind<>(type, singular, plural, endings, file, Optional.of(reader), text, limit);
    }

    /** The same kind, whose inputs can be typed, too. */
    public InputKind<I> typed(Function<String, I> reader) {
        return new InputKind<>(type, singular, plural, endings, file, several, Optional.of(reader), limit);
    }

    /** The same kind with a limit that callers may choose. */
    public InputKind<I> limited(InputLimit chosen) {
        return new InputKind<>(type, singular, plural, endings, file, several, text, Optional.of(chosen));
    }
}

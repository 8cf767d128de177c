package org.menagerie.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.menagerie.hub.input.Inputs;
import org.menagerie.hub.input.Inputs.Found;
import org.menagerie.hub.input.NoSuchFileException;
import org.menagerie.spi.InvalidInputException;

/**
 * Finds the inputs that arguments name: files, globs, folders, URLs and {@code -} for standard input; where inputs can be typed,
 * also the argument itself.
 */
public record InputReader<I>(Inputs<I> inputs, InputStream standardInput) {
    /** How the arguments of a model whose inputs can be typed are read. */
    public enum Reading {
        /** By {@link TextArgument}. */
        BY_LOOK,
        /** Each is a text. */
        TEXTS,
        /** Each is a file, folder, glob, URL or {@code -}. */
        FILES
    }

    /**
     * All inputs that the arguments name, in their order.
     *
     * @param remarks is told what an argument was taken for where another reading was possible
     */
    public List<Found<I>> find(List<String> arguments, Reading reading, Consumer<String> remarks) throws IOException {
        List<Found<I>> found = new ArrayList<>();
        for (String argument : arguments) {
            found.addAll(find(argument, reading, remarks));
        }
        return found;
    }

    private List<Found<I>> find(String argument, Reading reading, Consumer<String> remarks) throws IOException {
        Function<String, I> typed = inputs.kind().text().orElse(null);
        if (typed != null && reading == Reading.TEXTS) {
            return List.of(new Found<>(argument, () -> typed.apply(argument)));
        }
        if (argument.equals("-")) {
            return inputs.stream(standardInput, "-", "Standard input");
        }
        if (argument.matches("https?://\\S+")) {
            return inputs.url(argument);
        }
        if (typed == null || reading == Reading.FILES) {
            return inputs.files(argument);
        }
        TextArgument meaning = TextArgument.of(argument);
        meaning.remark().ifPresent(remarks);
        if (!meaning.file()) {
            return List.of(new Found<>(argument, () -> typed.apply(argument)));
        }
        try {
            return inputs.files(argument);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(e.getMessage() + "; --text takes the argument as a text", e);
        }
    }
}

package org.menagerie.cli.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an argument of a model that takes texts means. A word is a text, even if a folder has that name; what is written
 * like a path is a file, even if there is none.
 *
 * @param file true for files, false for the text itself
 * @param remark what to tell the user where another reading was possible
 */
public record TextArgument(boolean file, Optional<String> remark) {
    /** Endings that no ordinary word has. */
    private static final Pattern TEXT_FILE =
            Pattern.compile("\\S*\\.(txt|text|md|csv|tsv|json|jsonl|log|html?|xml|rst|srt|vtt)");

    private static final Pattern PATH = Pattern.compile("(/|\\./|\\.\\./|~/)\\S*|\\S*/|\\S*/\\*\\S*");
    private static final Pattern ENDING = Pattern.compile(".*\\.[A-Za-z0-9]{1,5}");

    static TextArgument of(String argument) {
        Optional<Path> there = existing(argument);
        boolean slash = argument.contains("/");
        if (there.isPresent() && Files.isRegularFile(there.get())) {
            boolean like = slash || ENDING.matcher(argument).matches();
            return like
                    ? new TextArgument(
                            true, slash ? Optional.empty() : remark(argument, "a file; --text takes it as a text"))
                    : new TextArgument(false, remark(argument, "a text; --file reads the file of that name"));
        }
        if (there.isPresent()) {
            boolean like = slash || argument.equals(".") || argument.equals("..");
            return like
                    ? new TextArgument(true, Optional.empty())
                    : new TextArgument(false, remark(argument, "a text; --file reads the folder of that name"));
        }
        boolean like =
                TEXT_FILE.matcher(argument).matches() || PATH.matcher(argument).matches();
        return new TextArgument(like, Optional.empty());
    }

    private static Optional<String> remark(String argument, String reading) {
        return Optional.of("'%s' is taken for %s".formatted(argument, reading));
    }

    /** The file or folder of this name; the empty text names none. */
    public static Optional<Path> existing(String argument) {
        try {
            return Optional.of(argument)
                    .filter(name -> !name.isEmpty())
                    .map(Path::of)
                    .filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

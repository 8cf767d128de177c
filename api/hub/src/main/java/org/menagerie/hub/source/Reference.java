package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A parsed reference to a file, {@code scheme:location} or {@code scheme:location!/entry/in/archive}.
 *
 * @param scheme chooses the {@link Source}
 * @param location what the source is given
 * @param entry the path in the archive, if the file lies in one
 */
record Reference(String scheme, String location, Optional<String> entry) {
    private static final String ENTRY = "!/";

    /**
     * Parses a reference.
     *
     * @param base the folder of the card that holds the reference, as a reference that ends in {@code /}: what {@code
     *     file:} is relative to
     */
    static Reference parse(String text, String base) throws IOException {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IOException("'%s' has no scheme; expected one such as 'https:'".formatted(text));
        }
        int bang = text.indexOf(ENTRY);
        String outer = bang < 0 ? text : text.substring(0, bang);
        Optional<String> entry = bang < 0 ? Optional.empty() : Optional.of(text.substring(bang + ENTRY.length()));
        String scheme = text.substring(0, colon);
        if (scheme.equals("file")) {
            String beside = beside(base, outer.substring(colon + 1));
            return new Reference(beside.substring(0, beside.indexOf(':')), afterColon(beside), entry);
        }
        return new Reference(scheme, afterColon(outer), entry);
    }

    private static String afterColon(String text) {
        return text.substring(text.indexOf(':') + 1);
    }

    /** A card's {@code file:} means a file beside the card, wherever the card lies, and never one outside its folder. */
    private static String beside(String base, String name) throws IOException {
        String refusal = "'file:%s' leaves the card's folder; only files below it may be named".formatted(name);
        if (name.startsWith("/") || name.contains("\\") || name.contains(":") || (name + "/").contains("../")) {
            throw new IOException(refusal);
        }
        if (!base.startsWith("file:")) {
            return base + name;
        }
        try {
            Path folder = Path.of(afterColon(base)).toRealPath();
            Path file = folder.resolve(name);
            if (!file.toRealPath().startsWith(folder)) {
                throw new IOException(refusal);
            }
            return "file:" + file;
        } catch (InvalidPathException e) {
            throw new IOException("'file:%s' is not a path".formatted(name), e);
        }
    }
}

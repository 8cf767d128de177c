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
public record Reference(String scheme, String location, Optional<String> entry) {
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

    /**
     * A reference to a file that lies beside another: for a network its external data.
     *
     * @param name a path relative to the other's folder
     * @throws IOException if the name leads anywhere else
     */
    public static String sibling(String reference, String name) throws IOException {
        Part.PATH.check(name);
        String whole = reference;
        String suffix = "";
        String escaped = name;
        if (reference.matches("https?:.*") && !reference.contains(ENTRY)) {
            int end = whole.split("[?#]", 2)[0].length();
            // What stands behind the path, such as a signature or a wish to download, goes for the neighbour as well.
            suffix = whole.substring(end).split("#", 2)[0];
            whole = whole.substring(0, end);
            escaped = WebAddress.escaped(name);
        }
        return whole.substring(0, whole.lastIndexOf('/') + 1) + escaped + suffix;
    }

    /** A card's {@code file:} means a file beside the card, wherever the card lies, and never one outside its folder. */
    private static String beside(String base, String name) throws IOException {
        String refusal = "'file:%s' leaves the card's folder; only files below it may be named".formatted(name);
        try {
            Part.PATH.check(name);
        } catch (IOException e) {
            throw new IOException(refusal, e);
        }
        if (name.contains(":")) {
            throw new IOException(refusal);
        }
        if (!base.startsWith("file:")) {
            // The name of a file, not a part of an address: a '#' in it is a character like any other.
            return base + (base.matches("https?:.*") ? WebAddress.escaped(name) : name);
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

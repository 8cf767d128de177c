package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A kind of place that files come from, chosen by the scheme of a reference. Thread-safe. A plugin binds one with {@code
 * PluginBinder.on(binder()).bind(Source.class, "ipfs")}; the schemes of the hub itself are taken.
 */
public interface Source {
    /** What stands before the colon of its references, for example {@code https}. */
    String scheme();

    /** True if it may use the network. */
    boolean remote();

    /**
     * Brings a file to this machine.
     *
     * @param reference the reference without its scheme and without a path into an archive
     * @param target where to write; may hold the beginning of the file from an earlier attempt
     * @return the whole file: {@code target}, or one that lies on this machine anyway
     * @throws IOException if it cannot be had; the message says why in one clause
     */
    Path fetch(String reference, Path target, Transfer transfer) throws IOException;
}

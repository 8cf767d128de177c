package org.menagerie.hub.source;

/** Hears how a transfer goes. Calls come from the transferring thread, often. */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (what, done, total) -> {};

    /**
     * Some bytes have arrived.
     *
     * @param what the file's name
     * @param done bytes here by now, those of earlier attempts included
     * @param total bytes of the whole file, or -1 while unknown
     */
    void moved(String what, long done, long total);
}

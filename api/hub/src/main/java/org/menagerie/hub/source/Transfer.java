package org.menagerie.hub.source;

/**
 * What a source is told about the file it fetches.
 *
 * @param what the file's name, for progress and messages
 * @param size its size in bytes, or -1 if nobody knows
 * @param progress hears of bytes as they arrive
 */
public record Transfer(String what, long size, Progress progress) {
    /** The same for another file of unknown size, such as the archive that holds the wanted one. */
    Transfer of(String other) {
        return new Transfer(other, -1, progress);
    }

    void moved(long done, long total) {
        progress.moved(what, done, total);
    }
}

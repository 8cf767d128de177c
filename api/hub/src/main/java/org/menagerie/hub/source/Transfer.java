package org.menagerie.hub.source;

/**
 * What a source is told about the file it fetches.
 *
 * @param what the file's name, for progress and messages
 * @param size its size in bytes, which its hash is checked with afterwards; -1 if nobody knows, and then nothing but its
 *     source vouches for it
 * @param limit the most bytes that are taken
 * @param progress hears of bytes as they arrive
 */
public record Transfer(String what, long size, long limit, Progress progress) {
    /** The most bytes that are taken from a server that does not say how many there will be. */
    static final long UNANNOUNCED = 8L << 30;

    /** A file whose size is known, or -1, with no other bound. */
    public Transfer(String what, long size, Progress progress) {
        this(what, size, size < 0 ? Long.MAX_VALUE : size, progress);
    }

    /** A file whose size and hash the caller checks. */
    public static Transfer checked(String what, long size, Progress progress) {
        return new Transfer(what, size, size, progress);
    }

    /** A file of unknown size that may hold so many bytes. */
    public static Transfer upTo(String what, long limit, Progress progress) {
        return new Transfer(what, -1, limit, progress);
    }

    /** The same for another file of unknown size, such as the archive that holds the wanted one. */
    Transfer of(String other) {
        return new Transfer(other, -1, progress);
    }

    /** The same for another file of unknown size that may hold so many bytes. */
    Transfer of(String other, long most) {
        return upTo(other, most, progress);
    }

    void moved(long done, long total) {
        progress.moved(what, done, total);
    }
}

package org.menagerie.explain;

/** Is told how far a long explanation is. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, of) -> {};

    void done(int done, int of);
}

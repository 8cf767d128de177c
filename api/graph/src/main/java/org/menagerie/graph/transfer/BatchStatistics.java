package org.menagerie.graph.transfer;

/** What batch normalisation does while an imported network is trained. */
public enum BatchStatistics {
    /** It goes on with the statistics of its first training: right for small data sets and frozen layers. */
    FROZEN,
    /** It uses those of each batch and moves its running ones. */
    TRAINED
}

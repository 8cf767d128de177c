package org.menagerie.decoding;

import java.util.concurrent.ForkJoinPool;

/**
 * Equal shares of some units of work, such as rows or classes, for the processors of the common pool.
 *
 * @param units how many there are in all
 * @param count of the shares
 */
record Shares(int units, int count) {
    /** A share a processor where there is so much work that handing it out pays, otherwise all in one. */
    static Shares of(int units, long work, long worthSharing) {
        int processors = ForkJoinPool.getCommonPoolParallelism() + 1;
        return new Shares(units, work < worthSharing ? 1 : Math.min(units, processors));
    }

    /** The first unit of a share; of the share after the last, the end. */
    int start(int share) {
        return (int) ((long) share * units / count);
    }
}

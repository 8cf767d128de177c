package org.menagerie.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Times two ways of doing the same work against each other in one process: short blocks in turn, first one way ahead,
 * then the other. What disturbs the machine for longer than a block disturbs both; the figure to read is the median of
 * the ratios of neighbouring blocks.
 */
final class Duel {
    private static final long BLOCK_NANOS = 250_000_000;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final long WARM_UP_NANOS = 2_000_000_000;

    private final Runnable ours;
    private final Runnable peer;

    Duel(Runnable ours, Runnable peer) {
        this.ours = ours;
        this.peer = peer;
    }

    /**
     * What a duel showed.
     *
     * @param ours medians over the blocks
     * @param peer medians over the blocks
     * @param wallRatios the peer's time by ours, one a pair of blocks, in rising order
     * @param processorRatios the same of processor time
     */
    record Outcome(Cost ours, Cost peer, double[] wallRatios, double[] processorRatios) {
        @Override
        public String toString() {
            return ("wall %.3f ms, peer %.3f ms, ratio %s; processor %.3f ms, peer %.3f ms, ratio %s; %d pairs;"
                            + " %.0f page faults, peer %.0f")
                    .formatted(
                            ours.wallMillis,
                            peer.wallMillis,
                            spread(wallRatios),
                            ours.processorMillis,
                            peer.processorMillis,
                            spread(processorRatios),
                            wallRatios.length,
                            ours.pageFaults,
                            peer.pageFaults);
        }

        /** Milliseconds of both sides, the ratio with its quartiles, and page faults of both sides, between tabs. */
        String row() {
            return String.format(
                    java.util.Locale.ROOT,
                    "%.3f\t%.3f\t%.4f\t%.4f\t%.4f\t%.0f\t%.0f",
                    ours.wallMillis,
                    peer.wallMillis,
                    wallRatios[wallRatios.length / 2],
                    wallRatios[wallRatios.length / 4],
                    wallRatios[3 * wallRatios.length / 4],
                    ours.pageFaults,
                    peer.pageFaults);
        }

        private static String spread(double[] ratios) {
            return "%.2f (quartiles %.2f to %.2f)"
                    .formatted(ratios[ratios.length / 2], ratios[ratios.length / 4], ratios[3 * ratios.length / 4]);
        }
    }

    /**
     * The cost of one call.
     *
     * @param wallMillis what a clock on the wall shows
     * @param processorMillis of all threads of the process together; hardly moved by other programs on the machine
     * @param pageFaults pages that the kernel had to provide
     */
    record Cost(double wallMillis, double processorMillis, double pageFaults) {}

    Outcome fight(int seconds) {
        int oursCalls = calls(ours);
        int peerCalls = calls(peer);
        int pairs = Math.max(5, (int) (seconds * 1_000_000_000L / (2 * BLOCK_NANOS)));
        List<Cost> oursCosts = new ArrayList<>();
        List<Cost> peerCosts = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                oursCosts.add(cost(ours, oursCalls));
                peerCosts.add(cost(peer, peerCalls));
            } else {
                peerCosts.add(cost(peer, peerCalls));
                oursCosts.add(cost(ours, oursCalls));
            }
        }
        return new Outcome(
                median(oursCosts),
                median(peerCosts),
                ratios(oursCosts, peerCosts, Cost::wallMillis),
                ratios(oursCosts, peerCosts, Cost::processorMillis));
    }

    private static double[] ratios(List<Cost> ours, List<Cost> peer, ToDoubleFunction<Cost> kind) {
        return IntStream.range(0, ours.size())
                .mapToDouble(i -> kind.applyAsDouble(peer.get(i)) / kind.applyAsDouble(ours.get(i)))
                .sorted()
                .toArray();
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                median(costs, Cost::wallMillis), median(costs, Cost::processorMillis), median(costs, Cost::pageFaults));
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> kind) {
        return costs.stream().mapToDouble(kind).sorted().toArray()[costs.size() / 2];
    }

    /** Warms up, and tells how many calls fill a block. */
    private static int calls(Runnable work) {
        long start = System.nanoTime();
        int calls = 0;
        while (calls < 3 || System.nanoTime() - start < WARM_UP_NANOS) {
            work.run();
            calls++;
        }
        long each = (System.nanoTime() - start) / calls;
        return (int) Math.max(1, BLOCK_NANOS / Math.max(1, each));
    }

    /** The pause lets the other side's threads fall asleep; the first call, which wakes our own, is not counted. */
    private static Cost cost(Runnable work, int calls) {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        work.run();
        long faults = PageFaults.soFar();
        long start = System.nanoTime();
        long processorStart = PROCESS.getProcessCpuTime();
        for (int i = 0; i < calls; i++) {
            work.run();
        }
        long processor = PROCESS.getProcessCpuTime() - processorStart;
        double wall = (System.nanoTime() - start) / 1e6 / calls;
        return new Cost(wall, processor / 1e6 / calls, (double) (PageFaults.soFar() - faults) / calls);
    }
}

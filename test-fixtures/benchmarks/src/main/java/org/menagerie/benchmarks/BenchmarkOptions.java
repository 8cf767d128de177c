package org.menagerie.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;

/**
 * What the command lines of benchmarks that run whole models say.
 *
 * @param chosen names of what to time; all if there are none
 * @param seconds for each comparison
 * @param threads of each run, on both sides
 */
record BenchmarkOptions(List<String> chosen, int seconds, int threads) {
    /** Reads {@code [NAME...] [--seconds N] [--threads N]}; 10 seconds and 2 threads if not given. */
    static BenchmarkOptions of(String[] arguments) {
        List<String> chosen = new ArrayList<>();
        int seconds = 10;
        int threads = 2;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
                case "--threads" -> threads = Integer.parseInt(arguments[++i]);
                default -> chosen.add(arguments[i]);
            }
        }
        return new BenchmarkOptions(chosen, seconds, threads);
    }

    boolean wants(String name) {
        return chosen.isEmpty() || chosen.contains(name);
    }

    /** How our sessions run: as by default, but on the CPU and with these threads. */
    SessionOptions session() {
        return SessionOptions.defaults().withDevice(Device.CPU).withThreads(threads);
    }
}

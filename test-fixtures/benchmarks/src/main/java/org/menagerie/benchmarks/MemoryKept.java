package org.menagerie.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment in which glibc's {@code malloc} gives no memory back to the kernel, so that PyTorch, which allocates each
 * tensor anew, finds its pages from the step before.
 *
 * <p>Java's main thread is not the first of its process, so it allocates from a thread's arena. Such an arena is made of
 * heaps of 64 MiB that are unmapped as soon as they are empty, whatever {@code MALLOC_TRIM_THRESHOLD_} says; and a block of
 * more than {@code MALLOC_MMAP_THRESHOLD_} is mapped and unmapped each time. Therefore one arena, the process's own, and no
 * mapped blocks.
 */
final class MemoryKept {
    private static final String TUNABLES = "GLIBC_TUNABLES";

    private MemoryKept() {}

    /**
     * Variables for a process that measures.
     *
     * @param hugePages whether memory is asked for in pages of 2 MiB
     */
    static Map<String, String> environment(boolean hugePages) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("MALLOC_MMAP_MAX_", "0");
        environment.put("MALLOC_TRIM_THRESHOLD_", Long.toString(8L << 30));
        environment.put("MALLOC_TOP_PAD_", Long.toString(64L << 20));
        environment.put(TUNABLES, hugePages ? "glibc.malloc.hugetlb=1" : "glibc.malloc.hugetlb=0");
        return environment;
    }
}

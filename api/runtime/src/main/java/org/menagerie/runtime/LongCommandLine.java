package org.menagerie.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Room on the stack for ONNX Runtime's start. On Linux, ONNX Runtime 1.29 matches the process's command line against a
 * regular expression whose recursion takes about two kilobytes of stack a character: a class path of four kilobytes, as
 * many programs have, overflows an ordinary stack and kills the process.
 */
final class LongCommandLine {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final long LEAST_STACK = 8L << 20;
    private static final long STACK_PER_CHARACTER = 4L << 10;

    private LongCommandLine() {}

    /** The result of a call made on a thread whose stack fits this process's command line. */
    static <T> T callWithRoom(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(call.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "onnxruntime-start",
                LEAST_STACK + STACK_PER_CHARACTER * commandLineLength());
        thread.setDaemon(true);
        thread.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static long commandLineLength() {
        try {
            return Files.exists(COMMAND_LINE) ? Files.readAllBytes(COMMAND_LINE).length : 0;
        } catch (IOException e) {
            return 128L << 10; // The longest argument that Linux takes.
        }
    }
}

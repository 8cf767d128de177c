package org.menagerie.cli;

import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import org.menagerie.cli.console.CleanWriter;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.OutputException;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Sizes;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.AtomicFile;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one sentence on standard error; the stack trace only when {@code --verbose} asks. */
final class Failures implements IExecutionExceptionHandler {
    private static final int CHAIN = 20;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return handle(failure, new CleanWriter(command.getErr()), CommonOptions.verbose(command));
    }

    static int handle(Throwable failure, PrintWriter err, boolean verbose) {
        OutputException output = OutputException.among(failure);
        if (output != null && output.readerHasGone()) {
            return ExitCodes.READER_GONE;
        }
        Throwable told = output != null ? output : failure;
        say(err, sentence(told), ExitCodes.FAILURE);
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof CommandLine.ParameterException ? ExitCodes.USAGE : ExitCodes.of(told);
    }

    static int say(PrintWriter err, String sentence, int exitCode) {
        err.println("zoo: " + sentence);
        err.flush();
        return exitCode;
    }

    /** A failure that nobody foresaw is named by its class, so that a report of it is worth something. */
    static String sentence(Throwable failure) {
        if (isOutOfMemory(failure)) {
            return "Java's memory of %s is not enough for this; give it more, for example with ZOO_JAVA_OPTS=-Xmx8g, or smaller inputs"
                    .formatted(Sizes.text(Runtime.getRuntime().maxMemory()));
        }
        if (failure instanceof FileSystemException e) {
            return AtomicFile.reason(e);
        }
        boolean foreseen = failure instanceof ZooException
                || failure instanceof CommandLine.ParameterException
                || failure instanceof OutputException;
        String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return foreseen
                ? message
                : "%s: %s (--verbose shows where)".formatted(failure.getClass().getSimpleName(), message);
    }

    private static boolean isOutOfMemory(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CHAIN; i++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}

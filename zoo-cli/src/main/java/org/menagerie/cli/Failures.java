package org.menagerie.cli;

import org.menagerie.spi.ZooException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one sentence on standard error; the stack trace only when {@code --verbose} asks. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println("zoo: " + sentence(failure));
        if (CommonOptions.verbose(command)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return failure instanceof CommandLine.ParameterException ? ExitCodes.USAGE : ExitCodes.of(failure);
    }

    /** A failure that nobody foresaw is named by its class, so that a report of it is worth something. */
    static String sentence(Throwable failure) {
        boolean foreseen = failure instanceof ZooException || failure instanceof CommandLine.ParameterException;
        String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return foreseen
                ? message
                : "%s: %s (--verbose shows where)".formatted(failure.getClass().getSimpleName(), message);
    }
}

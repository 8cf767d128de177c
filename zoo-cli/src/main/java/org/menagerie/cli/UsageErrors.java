package org.menagerie.cli;

import java.io.PrintWriter;
import org.menagerie.cli.console.CleanWriter;
import org.menagerie.cli.console.ExitCodes;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with the arguments, and where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = new CleanWriter(command.getErr());
        err.println("zoo: " + Failures.sentence(failure));
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("'%s --help' shows what it takes"
                    .formatted(command.getCommandSpec().qualifiedName()));
        }
        err.flush();
        return ExitCodes.USAGE;
    }
}

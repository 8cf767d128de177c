package org.menagerie.cli;

import java.io.PrintWriter;
import java.util.List;
import org.menagerie.cli.console.CleanWriter;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.OutputException;
import org.menagerie.cli.console.StandardStreams;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** Starts the {@code zoo} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        StandardStreams.cleanLogs();
        PrintWriter out = StandardStreams.out();
        PrintWriter err = StandardStreams.err();
        int exitCode = ArgumentBytes.lost()
                ? Failures.say(new CleanWriter(err), ArgumentBytes.REMEDY, ExitCodes.USAGE)
                : run(out, err, arguments);
        err.flush();
        System.exit(exitCode);
    }

    /** Runs one command and gives its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = ZooCommand.commandLine(
                        refusal -> new CleanWriter(err).println("zoo: " + refusal), arguments)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures())
                .setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler(new UsageErrors())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Console.colours() ? Ansi.ON : Ansi.OFF));
        try {
            int exitCode = commandLine.execute(arguments);
            out.flush();
            return exitCode;
        } catch (OutputException | Error e) {
            // What is left to be flushed, and errors of the machine, come outside of the handlers above.
            return Failures.handle(e, new CleanWriter(err), List.of(arguments).contains("--verbose"));
        }
    }

    /** Help is printed by picocli, which would show a failure of the output as a stack trace. */
    private static int execute(ParseResult parsed) {
        OptionValues.check(parsed);
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutputException e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
        }
    }
}

package org.menagerie.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Rules for the values of every option of every command. An option that takes one value is given once, which picocli checks;
 * here the same holds for each key of a {@code KEY=VALUE} option. No value is empty, and no argument but a model's input.
 */
final class OptionValues {
    /** The inputs of a model, which may be texts. */
    private static final String INPUT = "INPUT";

    private OptionValues() {}

    /**
     * Checks the options of a command and of its sub-commands.
     *
     * @throws ParameterException naming the option
     */
    static void check(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            Map<String, String> seen = new HashMap<>();
            for (String value : keyed(option) ? option.originalStringValues() : option.stringValues()) {
                if (value.isBlank()) {
                    throw wrong(parsed, "%s has an empty value".formatted(option.longestName()));
                }
                String earlier = option.isMultiValue() ? seen.put(key(option, value), value) : null;
                if (earlier != null) {
                    throw wrong(
                            parsed, "%s was given twice: %s and %s".formatted(option.longestName(), earlier, value));
                }
            }
        }
        for (PositionalParamSpec argument : parsed.matchedPositionals()) {
            if (!argument.paramLabel().equals(INPUT)
                    && argument.stringValues().stream().anyMatch(String::isBlank)) {
                throw wrong(parsed, "%s is empty".formatted(argument.paramLabel()));
            }
        }
        if (parsed.hasSubcommand()) {
            check(parsed.subcommand());
        }
    }

    private static boolean keyed(OptionSpec option) {
        return Map.class.isAssignableFrom(option.type());
    }

    private static String key(OptionSpec option, String value) {
        return keyed(option) ? value.split("=", 2)[0] : value;
    }

    private static ParameterException wrong(ParseResult parsed, String message) {
        return new ParameterException(parsed.commandSpec().commandLine(), message);
    }
}

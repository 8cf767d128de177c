package org.menagerie.cli;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a shell may complete after a command.
 *
 * @param description one line about the command
 * @param options long and short names; each with the kind of its value, empty if the option takes none
 * @param operands the kinds of the operands in order, {@code once} last if the operands end there
 * @param subcommands their names
 * @param words the values of kinds that belong to one option only, by kind
 */
record CompletionSpec(
        String description,
        Map<String, String> options,
        List<String> operands,
        List<String> subcommands,
        Map<String, List<String>> words) {
    /** Nothing is completed: a number, or a text that only the user knows. */
    static final String FREE = "free";

    private static final Map<String, String> BY_OPTION = Map.of(
            "--optimizer", "optimizers",
            "--method", "methods",
            "--schedule", "schedules",
            "--augment", "augmentations",
            "--metric", "metrics",
            "--task", "tasks",
            "--arch", "architectures",
            "--device", "devices");
    /** Options and operands that mean something else in one command than in the others: behind its name. */
    private static final Map<String, String> OF_COMMAND = Map.of(
            "imagine --method", "imagine-methods",
            "train NAME", "trainable",
            "import NAME", "trainable");

    private static final Map<String, String> BY_LABEL = Map.ofEntries(
            entry("MODEL", "models+files"),
            entry("FILE|MODEL", "models+files"),
            entry("DATA", "datasets"),
            entry("KIND", "kinds"),
            entry("FILE", "files"),
            entry("FOLDER", "files"),
            entry("INPUT", "files"),
            entry("PICTURE", "files"),
            entry("LOCATION", "files"),
            entry("PART", "parts"),
            entry("DEVICE", "devices"));

    /** The commands of a tree by the words that lead to them, the root by none. */
    static Map<String, CompletionSpec> of(CommandLine root) {
        Map<String, CompletionSpec> all = new LinkedHashMap<>();
        collect("", root, all);
        return all;
    }

    private static void collect(String path, CommandLine command, Map<String, CompletionSpec> all) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            String kind = option.arity().max() == 0 ? "" : kind(path, option, option.longestName(), words);
            for (String name : option.names()) {
                options.put(name, kind);
            }
        }
        List<String> operands = new ArrayList<>();
        boolean repeated = false;
        for (var operand : spec.positionalParameters()) {
            operands.add(kind(path, operand, operand.paramLabel(), words));
            repeated |= operand.arity().max() > 1;
        }
        if (!operands.isEmpty() && !repeated) {
            operands.add("once");
        }
        List<String> subcommands = command.getSubcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        all.put(
                path,
                new CompletionSpec(
                        String.join(" ", spec.usageMessage().description()), options, operands, subcommands, words));
        command.getSubcommands().forEach((name, sub) -> collect((path + " " + name).strip(), sub, all));
    }

    private static String kind(String path, ArgSpec argument, String name, Map<String, List<String>> words) {
        String own = OF_COMMAND.get(path + " " + name);
        if (own != null) {
            return own;
        }
        String known = BY_OPTION.getOrDefault(name, BY_LABEL.getOrDefault(argument.paramLabel(), FREE));
        Iterable<String> candidates = argument.completionCandidates();
        if (candidates == null || BY_OPTION.containsKey(name)) {
            return known;
        }
        List<String> values = StreamSupport.stream(candidates.spliterator(), false)
                .map(value -> value.toLowerCase(java.util.Locale.ROOT))
                .toList();
        String kind = "of-" + name.replaceAll("[^a-zA-Z]", "").toLowerCase(java.util.Locale.ROOT) + "-"
                + Integer.toHexString(values.hashCode());
        words.put(kind, values);
        return kind;
    }

    /** The values of all commands' own kinds. */
    static Map<String, List<String>> words(Map<String, CompletionSpec> commands) {
        return commands.values().stream()
                .flatMap(command -> command.words.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}

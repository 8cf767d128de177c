package org.menagerie.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.imagine.ImagineKind;
import org.menagerie.graph.Architecture;
import org.menagerie.hub.Zoo;
import org.menagerie.studio.metric.Metrics;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.TrainingKinds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zoo completion}: a script that lets a shell complete commands, options and their values. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options, models, data sets and files in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(zoo completion bash)", "  zoo completion fish > ~/.config/fish/completions/zoo.fish"})
public final class CompletionCommand implements Callable<Integer> {
    /** The shells that there are scripts for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell = Shell.BASH;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("The command has no specification");
        }
        Map<String, CompletionSpec> commands = CompletionSpec.of(spec.root().commandLine());
        Map<String, Collection<String>> values = values();
        values.putAll(CompletionSpec.words(commands));
        PrintWriter out = common.console().out();
        switch (shell) {
            case BASH -> out.print(bash(commands, values));
            case ZSH -> {
                out.println("autoload -U +X compinit && compinit");
                out.println("autoload -U +X bashcompinit && bashcompinit");
                out.print(bash(commands, values));
            }
            case FISH -> fish(out, commands, values);
        }
        return ExitCodes.OK;
    }

    /** The values of each kind but models, which may change with every call, and files. */
    private Map<String, Collection<String>> values() {
        Map<String, Collection<String>> values = new LinkedHashMap<>();
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            TreeSet<String> trainable = new TreeSet<>();
            TreeSet<String> architectures = new TreeSet<>();
            zoo.components(Architecture.class).forEach((name, architecture) -> {
                architectures.add(name);
                trainable.add(name);
                trainable.addAll(((Architecture<?>) architecture).variants().keySet());
            });
            TreeSet<String> tasks = new TreeSet<>();
            zoo.hub().listing().cards().forEach(card -> {
                tasks.add(card.summary().task());
                card.summary()
                        .architecture()
                        .ifPresent(any -> trainable.add(card.file().name()));
            });
            values.put("tasks", tasks);
            values.put("architectures", architectures);
            values.put("trainable", trainable);
            values.put("metrics", Metrics.of(zoo).names());
            values.put(
                    "datasets", new TreeSet<>(zoo.components(DatasetKind.class).keySet()));
            values.put("kinds", zoo.kinds().keySet());
            values.put(
                    "methods",
                    new TreeSet<>(zoo.components(ExplanationKind.class).keySet()));
            values.put(
                    "imagine-methods",
                    new TreeSet<>(zoo.components(ImagineKind.class).keySet()));
            TrainingKinds kinds = TrainingKinds.of(zoo::components);
            values.put("optimizers", kinds.optimizers().keySet());
            values.put("schedules", kinds.schedules().keySet());
            values.put("augmentations", kinds.transforms().keySet());
        }
        values.put("devices", List.of("auto", "cpu", "cuda"));
        values.put("parts", Splits.PARTS);
        return values;
    }

    private static String bash(Map<String, CompletionSpec> commands, Map<String, Collection<String>> values)
            throws IOException {
        String valueLines = values.entrySet().stream()
                .map(kind -> "        %s) printf '%%s\\n' %s ;;".formatted(kind.getKey(), quoted(kind.getValue())))
                .collect(Collectors.joining("\n"));
        String commandLines = commands.entrySet().stream()
                .map(command -> bash(command.getKey(), command.getValue()))
                .collect(Collectors.joining("\n"));
        return template().replace("@VALUES@", valueLines).replace("@COMMANDS@", commandLines);
    }

    private static String bash(String path, CompletionSpec command) {
        List<String> options = command.options().entrySet().stream()
                .map(option ->
                        option.getValue().isEmpty() ? option.getKey() : option.getKey() + ":" + option.getValue())
                .toList();
        return """
                        '%s')
                            _zoo_options=(%s)
                            _zoo_operands=(%s)
                            _zoo_subcommands=(%s)
                            ;;""".formatted(
                        path,
                        String.join(" ", options),
                        String.join(" ", command.operands()),
                        String.join(" ", command.subcommands()))
                .indent(8)
                .stripTrailing();
    }

    private static String template() throws IOException {
        try (InputStream script = CompletionCommand.class.getResourceAsStream("completion.bash")) {
            if (script == null) {
                throw new IllegalStateException("completion.bash is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String quoted(Collection<String> values) {
        return values.stream()
                .map(value -> value.matches("[A-Za-z0-9._/-]+") ? value : "'" + value.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static void fish(
            PrintWriter out, Map<String, CompletionSpec> commands, Map<String, Collection<String>> values) {
        commands.forEach((path, command) -> {
            String condition = path.isEmpty()
                    ? "__fish_use_subcommand"
                    : "__fish_seen_subcommand_from " + path.substring(path.lastIndexOf(' ') + 1);
            commands.forEach((sub, about) -> {
                if (!sub.isEmpty() && sub.equals((path + " " + sub.substring(sub.lastIndexOf(' ') + 1)).strip())) {
                    out.printf(
                            "complete -c zoo -f -n '%s' -a '%s' -d '%s'%n",
                            condition,
                            sub.substring(sub.lastIndexOf(' ') + 1),
                            about.description().replace("'", "\\'"));
                }
            });
            command.options().forEach((name, kind) -> {
                if (name.startsWith("--")) {
                    out.printf("complete -c zoo -n '%s' -l '%s'%s%n", condition, name.substring(2), fish(kind, values));
                }
            });
            command.operands().stream()
                    .distinct()
                    .filter(kind -> !kind.equals("once") && !kind.equals(CompletionSpec.FREE))
                    .map(kind -> fish(kind, values).replace(" -x ", " ").replace(" -r", ""))
                    .filter(arguments -> !arguments.isBlank())
                    .forEach(arguments -> out.printf("complete -c zoo -n '%s'%s%n", condition, arguments));
        });
    }

    /** What fish completes as the value of an option. */
    private static String fish(String kind, Map<String, Collection<String>> values) {
        if (kind.isEmpty()) {
            return "";
        }
        if (kind.startsWith("models")) {
            return " -r -a '(zoo list --quiet 2>/dev/null)'";
        }
        Collection<String> words = values.get(kind);
        return words == null ? " -r" : " -x -a '%s'".formatted(String.join(" ", words));
    }
}

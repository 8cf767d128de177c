package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What holds for every option of every command, whoever adds one. */
class EveryOptionTest {
    @TempDir
    Path folder = Path.of("");

    /** An option and the words that call its command with something for each required argument. */
    private record Case(CommandSpec command, List<String> words, OptionSpec option) {
        Command with(String... values) {
            List<String> line = new ArrayList<>(words);
            command.options().stream()
                    .filter(other -> !other.equals(option) && other.required() && other.group() == null)
                    .forEach(required -> line.addAll(List.of(required.longestName(), "x")));
            line.addAll(List.of(values));
            return Command.zoo(line.toArray(String[]::new));
        }

        /** Two values of the option's type. */
        List<String> values() {
            Class<?> type = option.auxiliaryTypes()[0];
            if (Map.class.isAssignableFrom(option.type())) {
                return List.of("a=1", "a=2");
            }
            return type.isEnum()
                    ? Stream.of(type.getEnumConstants())
                            .map(value -> value.toString().toLowerCase(Locale.ROOT))
                            .toList()
                            .subList(0, 2)
                    : List.of("1", "2");
        }

        @Override
        public String toString() {
            return "%s %s".formatted(command.qualifiedName(), option.longestName());
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        collect(ZooCommand.commandLine(), List.of(), cases);
        assertThat(cases).hasSizeGreaterThan(100);
        return cases;
    }

    private static void collect(CommandLine command, List<String> path, List<Case> cases) {
        List<String> words = new ArrayList<>(path);
        for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
            Object[] constants = argument.type().getEnumConstants();
            String word = constants == null ? "x" : constants[0].toString();
            IntStream.range(0, argument.arity().min()).forEach(i -> words.add(word));
        }
        command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> cases.add(new Case(command.getCommandSpec(), words, option)));
        command.getSubcommands().forEach((name, sub) -> {
            List<String> inner = new ArrayList<>(path);
            inner.add(name);
            collect(sub, inner, cases);
        });
    }

    private static void refused(Case tried, Command command) {
        assertThat(command.exitCode()).as("%s: %s", tried, command.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(command.err()).as(tried.toString()).contains(tried.option().longestName());
    }

    @Test
    void noneIsTakenTwiceWhereOneValueCounts() {
        for (Case tried : cases()) {
            String name = tried.option().longestName();
            if (tried.option().arity().max() == 0) {
                refused(tried, tried.with(name, name));
                continue;
            }
            String first = tried.values().get(0);
            boolean several = tried.option().isMultiValue()
                    && !Map.class.isAssignableFrom(tried.option().type());
            String second = several ? first : tried.values().get(1);
            refused(tried, tried.with(name, first, name, second));
        }
    }

    @Test
    void noneTakesAnEmptyValue() {
        for (Case tried : cases()) {
            if (tried.option().arity().max() > 0) {
                refused(tried, tried.with(tried.option().longestName(), ""));
                refused(tried, tried.with(tried.option().longestName() + "= "));
            }
        }
    }

    @Test
    void noArgumentButAnInputIsEmpty() {
        for (Case tried : cases()) {
            List<String> words = tried.words();
            int last = words.lastIndexOf("x");
            if (last >= 0 && !tried.command().name().matches("run|explain|sample")) {
                List<String> blank = new ArrayList<>(words);
                blank.set(last, " ");
                Command command = new Case(tried.command(), blank, tried.option()).with();
                assertThat(command.exitCode())
                        .as("%s: %s", tried, command.err())
                        .isEqualTo(ExitCodes.USAGE);
            }
        }
    }

    @Test
    void eachIsDescribedByASentence() {
        for (Case tried : cases()) {
            for (String line : tried.option().description()) {
                assertThat(line)
                        .as(tried.toString())
                        .matches("[A-Z].* .*[.]")
                        .doesNotStartWith("Of ")
                        .doesNotStartWith("What ")
                        .doesNotStartWith("Where ")
                        .doesNotStartWith("How often ");
            }
        }
    }

    @Test
    void aNetworkWithoutACardRefusesWhatHasNoEffectOnIt() throws Exception {
        GraphBuilder g = new GraphBuilder("copy", Mode.INFERENCE);
        g.output("y", g.relu(g.input("x", "f32[N]")));
        Path network = folder.resolve("copy.onnx");
        Files.write(network, OnnxWriter.toBytes(g.build(), Map.of(), Map.of()));
        Path input = Files.writeString(folder.resolve("x.json"), "[1]");
        Set<String> useful = Set.of("--device", "--json", "--output", "--offline", "--catalog", "--verbose");
        int refused = 0;
        for (Case tried : cases()) {
            if (tried.command().name().equals("run")
                    && !useful.contains(tried.option().longestName())) {
                List<String> words = new ArrayList<>(List.of("run", network.toString(), input.toString()));
                words.add(tried.option().longestName());
                if (tried.option().arity().max() > 0) {
                    words.add(tried.values().get(0));
                }
                refused(tried, Command.zoo(words.toArray(String[]::new)));
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10);
    }
}

package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooModule;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.Subcommand;
import picocli.CommandLine;

class PluginCommandsTest {
    @TempDir
    Path home = Path.of("");

    @CommandLine.Command(name = "greet", description = "Says hello.")
    static final class Greet implements Subcommand {
        @Override
        public Integer call() {
            return 7;
        }
    }

    /** Not described by picocli's annotation. */
    static final class Bare implements Subcommand {
        @Override
        public Integer call() {
            return 0;
        }
    }

    @Test
    void aSubcommandOfAPluginRunsIsListedAndCompletedUnlessZooHasItsName() {
        Zoo zoo = Guice.createInjector(new ZooModule(ZooOptions.defaults().withHome(home)), new AbstractModule() {
                    @Override
                    protected void configure() {
                        PluginBinder binder = PluginBinder.on(binder());
                        binder.bind(Subcommand.class, "greet").toInstance(new Greet());
                        binder.bind(Subcommand.class, "run").toInstance(new Greet());
                        binder.bind(Subcommand.class, "bare").toInstance(new Bare());
                    }
                })
                .getInstance(Zoo.class);
        List<String> refusals = new ArrayList<>();
        CommandLine commandLine = ZooCommand.commandLine();
        PluginCommands.add(zoo, commandLine, refusals::add);

        assertThat(commandLine.execute("greet")).isEqualTo(7);
        StringWriter help = new StringWriter();
        commandLine.usage(new PrintWriter(help));
        assertThat(help.toString())
                .containsPattern("(?m)^ +greet +Says hello\\.$")
                .containsPattern("(?m)^ +run +Runs a model");
        assertThat(CompletionSpec.of(commandLine)).containsKey("greet");
        assertThat(refusals)
                .hasSize(2)
                .anySatisfy(sentence -> assertThat(sentence)
                        .isEqualTo("The subcommand 'run' of %s is left out: zoo has one of that name"
                                .formatted(Greet.class.getName())))
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("The subcommand 'bare' of %s is left out: ".formatted(Bare.class.getName())));
    }
}

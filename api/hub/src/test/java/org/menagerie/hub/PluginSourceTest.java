package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.source.Source;
import org.menagerie.hub.source.Transfer;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.ZooException;

class PluginSourceTest {
    @TempDir
    Path folder = Path.of("");

    /** Always the doubler. */
    private static final class Memory implements Source {
        @Override
        public String scheme() {
            return "memory";
        }

        @Override
        public boolean remote() {
            return false;
        }

        @Override
        public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
            return Files.write(target, TestModels.doubler(0));
        }
    }

    private Zoo zoo(String scheme) {
        return Guice.createInjector(
                        new ZooModule(ZooOptions.defaults()
                                .withHome(folder.resolve("home"))
                                .withCatalogs(List.of(folder.resolve("cards")))),
                        new AbstractModule() {
                            @Override
                            protected void configure() {
                                PluginBinder.on(binder())
                                        .bind(Source.class, scheme)
                                        .toInstance(new Memory());
                            }
                        })
                .getInstance(Zoo.class);
    }

    private void card(String source) throws IOException {
        Path cards = Files.createDirectories(folder.resolve("cards"));
        Files.writeString(cards.resolve("doubler.md"), TestModels.card(TestModels.doubler(0), source));
    }

    @Test
    void aPluginsSourceIsAskedForItsScheme() throws IOException {
        card("memory:anything");
        assertThat(zoo("memory").artifact("doubler", "model")).hasBinaryContent(TestModels.doubler(0));
    }

    @Test
    void anUnknownSchemeIsAnErrorThatListsThoseOfPluginsToo() throws IOException {
        card("memry:anything");
        assertThatThrownBy(() -> zoo("memory").artifact("doubler", "model"))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("no source is called 'memry' (did you mean 'memory'?); known are ")
                .hasMessageContaining("https")
                .hasMessageContaining("memory");
    }

    @Test
    void theHubsOwnSchemesAreTaken() {
        assertThatThrownBy(() -> zoo("https"))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("\"https\"");
    }
}

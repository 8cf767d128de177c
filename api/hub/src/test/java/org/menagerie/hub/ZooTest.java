package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.runtime.Device;
import org.menagerie.spi.CardException;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.UnknownModelException;
import org.menagerie.spi.ZooException;

class ZooTest {
    private static final String NUMBERS = TestPlugins.Numbers.class.getName();

    @TempDir
    Path temp;

    private ZooOptions options = ZooOptions.defaults();

    @BeforeEach
    void oneCardAndOnePlugin() throws IOException {
        TestModels.write(temp.resolve("cards"), "doubler", TestModels.doubler(0));
        options = ZooOptions.defaults()
                .withHome(temp.resolve("home"))
                .withDevice(Device.CPU)
                .withCatalogs(List.of(temp.resolve("cards")))
                .withClassLoader(TestPlugins.classLoader(temp, List.of(NUMBERS)));
    }

    @Test
    void predictsInOrderAcrossGroupsAndBatches() {
        try (Zoo zoo = Zoo.open(options);
                var doubler = zoo.load("doubler", Double.class, Double.class)) {
            List<Double> inputs = IntStream.range(0, 200).mapToObj(i -> i * 0.5).toList();
            assertThat(doubler.predict(inputs))
                    .containsExactlyElementsOf(inputs.stream().map(i -> 2 * i).toList());
            assertThat(doubler.predict(List.of())).isEmpty();
            assertThat(doubler.predict(21.0)).isEqualTo(42.0);
        }
    }

    @Test
    void feedsNetworksOfFixedBatchOneByOne() throws IOException {
        TestModels.write(temp.resolve("cards"), "doubler", TestModels.doubler(1));
        try (Zoo zoo = Zoo.open(options)) {
            assertThat(zoo.load("cards/doubler").predictAny(List.of(1.0, 2.0, 3.0)))
                    .isEqualTo(List.of(2.0, 4.0, 6.0));
        }
    }

    @Test
    void saysWhatDoesNotFit() throws IOException {
        try (Zoo zoo = Zoo.open(options)) {
            assertThatThrownBy(() -> zoo.load("doubler", String.class, Double.class))
                    .isInstanceOf(ZooException.class)
                    .hasMessage("Model 'doubler' takes java.lang.Double and answers java.lang.Double; "
                            + "it was asked for as java.lang.String to java.lang.Double");
            assertThatThrownBy(() -> zoo.load("dobler"))
                    .isInstanceOf(UnknownModelException.class)
                    .hasMessage("No model is called 'dobler' (did you mean 'doubler'?); known are doubler");
            assertThatThrownBy(() ->
                            zoo.load("doubler", Double.class, Double.class).predict(-1.0))
                    .isInstanceOf(InvalidInputException.class);
            assertThat(zoo.load("doubler", Double.class, Number.class).predict(1.0))
                    .isEqualTo(2.0);
        }
        Path card = temp.resolve("cards/doubler.md");
        Files.writeString(card, Files.readString(card).replace("name: number, scale: 1", "name: nmber, scale: 1"));
        try (Zoo zoo = Zoo.open(options)) {
            assertThatThrownBy(() -> zoo.load("doubler"))
                    .isInstanceOf(CardException.class)
                    .hasMessage("Card doubler.md: no plugin has a preprocessor 'nmber' (did you mean 'number'?);"
                            + " known are number");
        }
    }

    @Test
    void neverRunsAFileWithTheWrongHash() throws IOException {
        byte[] other = TestModels.doubler(7);
        Files.write(temp.resolve("cards/doubler.onnx"), other);
        try (Zoo zoo = Zoo.open(options)) {
            assertThatThrownBy(() -> zoo.load("doubler"))
                    .isInstanceOf(IntegrityException.class)
                    .hasMessageContaining("'doubler.onnx' of model cards/doubler did not arrive as its card states");
        }
        assertThat(temp.resolve("home/blobs")).isEmptyDirectory();
    }

    @Test
    void reportsBrokenPluginsAndKeepsTheOthers() throws IOException {
        ZooOptions broken = options.withClassLoader(TestPlugins.classLoader(
                temp,
                List.of(
                        "org.example.NotThere",
                        "this is no class name",
                        TestPlugins.BrokenConstructor.class.getName(),
                        TestPlugins.MissingClass.class.getName(),
                        TestPlugins.Unbound.class.getName(),
                        NUMBERS,
                        TestPlugins.Rival.class.getName(),
                        TestPlugins.Impostor.class.getName())));
        try (Zoo zoo = Zoo.open(broken)) {
            assertThat(zoo.plugins()).extracting("name").containsExactly("numbers");
            assertThat(zoo.load("doubler", Double.class, Double.class).predict(3.0))
                    .isEqualTo(6.0);
            assertThat(zoo.problems())
                    .hasSize(7)
                    .anyMatch(p -> p.contains("org.example.NotThere"))
                    .anyMatch(p -> p.contains("Illegal configuration-file syntax"))
                    .anyMatch(p -> p.contains("no luck today"))
                    .anyMatch(p -> p.startsWith("Plugin missing-class") && p.contains("com/example/Absent"))
                    .anyMatch(p -> p.startsWith("Plugin unbound") && p.contains("CharSequence"))
                    .anyMatch(p -> p.startsWith("Plugin rival") && p.contains("Duplicate") && p.contains("Numbers"))
                    .anyMatch(p -> p.startsWith("Plugin numbers") && p.contains("Impostor"));
        }
    }

    @Test
    void reportsBadCardsAndListsTheOthers() throws IOException {
        Files.writeString(temp.resolve("cards/bad.md"), "---\nlicence: mit\n---\n");
        ZooOptions withMissing = options.withCatalogs(List.of(temp.resolve("cards"), temp.resolve("nowhere")));
        try (Zoo zoo = Zoo.open(withMissing)) {
            assertThat(zoo.cards()).extracting("name").containsExactly("doubler");
            assertThat(zoo.problems())
                    .anyMatch(p -> p.startsWith("Card bad.md, line 2: unknown field 'licence'"))
                    .anyMatch(p -> p.contains("nowhere"));
        }
    }

    @Test
    void asksForThePrefixWhenTwoCatalogsClaimAName() throws IOException {
        TestModels.write(temp.resolve("more"), "doubler", TestModels.doubler(0));
        ZooOptions both = options.withCatalogs(List.of(temp.resolve("cards"), temp.resolve("more")));
        try (Zoo zoo = Zoo.open(both)) {
            assertThatThrownBy(() -> zoo.load("doubler"))
                    .hasMessage("Model 'doubler' is in several catalogs; ask for one of cards/doubler, more/doubler");
            assertThat(zoo.load("more/doubler", Double.class, Double.class).predict(1.0))
                    .isEqualTo(2.0);
        }
    }

    @Test
    void closesOnceAndWaitsForPredictions() throws Exception {
        Zoo zoo = Zoo.open(options);
        var doubler = zoo.load("doubler", Double.class, Double.class);
        var pool = Executors.newFixedThreadPool(4);
        CountDownLatch started = new CountDownLatch(4);
        List<Future<Boolean>> closedCleanly = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            closedCleanly.add(pool.submit(() -> {
                started.countDown();
                try {
                    while (true) {
                        assertThat(doubler.predict(2.0)).isEqualTo(4.0);
                    }
                } catch (IllegalStateException e) {
                    return "Model doubler is closed".equals(e.getMessage());
                }
            }));
        }
        started.await();
        Thread.sleep(50);
        zoo.close();
        zoo.close();
        doubler.close();
        for (Future<Boolean> future : closedCleanly) {
            assertThat(future.get()).isTrue();
        }
        pool.shutdown();
        assertThatThrownBy(() -> zoo.load("doubler")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void joinsAGuiceHost() {
        var injector = Guice.createInjector(new ZooModule(options));
        Zoo zoo = injector.getInstance(Zoo.class);
        assertThat(injector.getInstance(Zoo.class)).isSameAs(zoo);
        assertThat(zoo.load("doubler", Double.class, Double.class).predict(5.0)).isEqualTo(10.0);
        assertThatCode(zoo::close).doesNotThrowAnyException();
    }
}

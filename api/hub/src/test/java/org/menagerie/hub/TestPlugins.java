package org.menagerie.hub;

import com.google.inject.Binder;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.IdleSettings;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.Origin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.spi.Tensor;

/** One plugin that works, and one for each way of being broken. */
final class TestPlugins {
    private TestPlugins() {}

    /** A class loader that sees these plugins, and these lines in a services file of their own. */
    static ClassLoader classLoader(Path folder, List<String> services) throws IOException {
        int count = 0;
        URL[] urls = new URL[services.size()];
        for (String line : services) {
            Path root = folder.resolve("plugin" + count);
            Path file = root.resolve("META-INF/services/" + ModelPlugin.class.getName());
            Files.createDirectories(file.getParent());
            Files.writeString(file, line + "\n");
            urls[count++] = root.toUri().toURL();
        }
        return new URLClassLoader(urls, TestPlugins.class.getClassLoader());
    }

    record Scale(double scale) {}

    record Nothing() {}

    /** Settings of an answer; a step needs a width. */
    record Rounding(
            @Nullable Integer digits,
            @Nullable Double step,
            @Nullable String width) implements IdleSettings {
        Rounding {
            if (digits != null && digits < 0) {
                throw new IllegalArgumentException("digits must be at least 0, not " + digits);
            }
            if (digits != null && digits > 3 && step != null) {
                throw new IllegalArgumentException("more than 3 digits need no step");
            }
        }

        @Override
        public Map<String, String> idle() {
            return width == null ? Map.of("step", "there is no width") : Map.of();
        }
    }

    /** Numbers to numbers; negative ones are refused, fractions go into a batch of their own. */
    public static final class Numbers implements ModelPlugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("numbers", "Numbers to numbers.");
        }

        @Override
        public void configure(Binder binder) {
            PluginBinder.on(binder)
                    .preprocessor("number", new PreprocessorKind<>(Double.class, Scale.class, NumberPreprocessor::new))
                    .decoder(
                            "number",
                            new DecoderKind<>(
                                    Double.class, Rounding.class, (settings, card) -> (prepared, inference) -> {
                                        float[] values =
                                                inference.output("doubled").toFloatArray();
                                        return IntStream.range(0, values.length)
                                                .mapToObj(i -> (double) values[i])
                                                .toList();
                                    }));
        }
    }

    private record NumberPreprocessor(Scale scale) implements Preprocessor<Double> {
        @Override
        public Prepared prepare(List<? extends Double> inputs) {
            float[] values = new float[inputs.size()];
            for (int i = 0; i < values.length; i++) {
                if (inputs.get(i) < 0) {
                    throw new InvalidInputException("A number must not be negative, found " + inputs.get(i));
                }
                values[i] = (float) (inputs.get(i) * scale.scale());
            }
            return new Prepared(
                    Map.of("number", Tensor.of(values, values.length, 1)),
                    inputs.stream().map(i -> new Origin.None()).toList());
        }

        @Override
        public Object batchKey(Double input) {
            return input == Math.rint(input);
        }
    }

    /** Cannot be constructed. */
    public static final class BrokenConstructor implements ModelPlugin {
        public BrokenConstructor() {
            throw new IllegalStateException("no luck today");
        }

        @Override
        public PluginInfo info() {
            return new PluginInfo("unlucky", "Never seen.");
        }

        @Override
        public void configure(Binder binder) {}
    }

    /** Needs a class that is not there. */
    public static final class MissingClass implements ModelPlugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("missing-class", "Needs what is not there.");
        }

        @Override
        public void configure(Binder binder) {
            throw new NoClassDefFoundError("com/example/Absent");
        }
    }

    /** Binds a name that another plugin has. */
    public static final class Rival implements ModelPlugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("rival", "Claims another's name.");
        }

        @Override
        public void configure(Binder binder) {
            PluginBinder.on(binder)
                    .preprocessor("number", new PreprocessorKind<>(Double.class, Nothing.class, nothing -> {
                        throw new IllegalStateException("never made");
                    }));
        }
    }

    /** Has the name of another plugin. */
    public static final class Impostor implements ModelPlugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("numbers", "Calls itself like another.");
        }

        @Override
        public void configure(Binder binder) {}
    }

    /** Asks Guice for what nobody binds. */
    public static final class Unbound implements ModelPlugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("unbound", "Asks for what nobody binds.");
        }

        @Override
        public void configure(Binder binder) {
            binder.bind(Runnable.class).to(NeedsComparable.class);
        }
    }

    /** Cannot be made: nobody binds its dependency. */
    static final class NeedsComparable implements Runnable {
        @com.google.inject.Inject
        NeedsComparable(CharSequence nobodyBindsThis) {
            assert nobodyBindsThis != null;
        }

        @Override
        public void run() {}
    }
}

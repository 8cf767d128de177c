package org.menagerie.hub;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.spi.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;

/**
 * The plugins that a class loader sees, and one injector of those that work. One that fails is reported and left out.
 *
 * @param loaded plugins that work, by name
 * @param failures those that do not
 * @param injector holds the components of all that work
 */
record Plugins(List<Loaded> loaded, List<Failure> failures, Injector injector) {
    /** A services file that fails again and again must not hold up the others for ever. */
    private static final int MAX_FAILURES = 100;

    private static final Pattern BOUND_AT = Pattern.compile("(?m)^ {4}\\d+ *: *(?:at )?(\\S+)");

    /** A plugin that works. */
    record Loaded(PluginInfo info, ModelPlugin module) {}

    /**
     * A plugin that does not work.
     *
     * @param name the plugin's name, or the best that is known of it
     * @param cause what went wrong
     */
    record Failure(String name, String cause) {
        @Override
        public String toString() {
            return "Plugin %s does not load: %s".formatted(name, cause);
        }
    }

    static Plugins load(ClassLoader classLoader) {
        List<Failure> failures = new ArrayList<>();
        List<Loaded> candidates = named(discovered(classLoader, failures), failures);
        try {
            return new Plugins(candidates, failures, injector(candidates));
        } catch (RuntimeException | LinkageError e) {
            return withoutBroken(candidates, failures);
        }
    }

    private static List<ModelPlugin> discovered(ClassLoader classLoader, List<Failure> failures) {
        List<ModelPlugin> found = new ArrayList<>();
        var services = ServiceLoader.load(ModelPlugin.class, classLoader).iterator();
        while (failures.size() < MAX_FAILURES) {
            try {
                if (!services.hasNext()) {
                    break;
                }
                found.add(services.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures.add(new Failure("of the class path", cause(e)));
            }
        }
        return found;
    }

    private static List<Loaded> named(List<ModelPlugin> plugins, List<Failure> failures) {
        List<Loaded> named = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ModelPlugin plugin : plugins) {
            try {
                PluginInfo info = plugin.info();
                if (names.add(info.name())) {
                    named.add(new Loaded(info, plugin));
                } else {
                    failures.add(new Failure(
                            info.name(),
                            "%s has the name of another plugin"
                                    .formatted(plugin.getClass().getName())));
                }
            } catch (RuntimeException | LinkageError e) {
                failures.add(new Failure(plugin.getClass().getName(), cause(e)));
            }
        }
        named.sort(Comparator.comparing(p -> p.info().name()));
        return named;
    }

    /** Adds one plugin after the other and keeps those with which an injector still works. */
    private static Plugins withoutBroken(List<Loaded> candidates, List<Failure> failures) {
        List<Loaded> working = new ArrayList<>();
        Injector injector = injector(working);
        for (Loaded candidate : candidates) {
            working.add(candidate);
            try {
                injector = injector(working);
            } catch (RuntimeException | LinkageError e) {
                working.remove(candidate);
                failures.add(new Failure(candidate.info().name(), cause(e)));
            }
        }
        return new Plugins(working, failures, injector);
    }

    private static Injector injector(List<Loaded> plugins) {
        List<Module> modules = new ArrayList<>(List.of(components()));
        plugins.forEach(p -> modules.add(p.module()));
        return Guice.createInjector(modules);
    }

    /** The maps that exist even if no plugin puts anything in. */
    static Module components() {
        return binder -> {
            MapBinder.newMapBinder(binder, String.class, PreprocessorKind.class);
            MapBinder.newMapBinder(binder, String.class, DecoderKind.class);
            MapBinder.newMapBinder(binder, String.class, ModelKind.class);
        };
    }

    private static String cause(Throwable e) {
        if (e instanceof CreationException guice) {
            String problems = guice.getErrorMessages().stream()
                    .map(Plugins::message)
                    .distinct()
                    .collect(Collectors.joining("; "));
            return problems + places(String.valueOf(guice.getMessage()));
        }
        Throwable root = Optional.ofNullable(e.getCause()).orElse(e);
        return e instanceof ServiceConfigurationError && root != e ? e.getMessage() + ": " + root : root.toString();
    }

    private static String message(Message message) {
        String first = message.getMessage().strip().lines().findFirst().orElse("");
        return message.getCause() == null ? first : first + ": " + message.getCause();
    }

    /** Where Guice says that the bindings stand. */
    private static String places(String message) {
        List<String> places = BOUND_AT.matcher(message)
                .results()
                .map(place -> place.group(1))
                .distinct()
                .toList();
        return places.isEmpty() ? "" : " (bound at " + String.join(" and ", places) + ")";
    }
}

package org.menagerie.hub;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.menagerie.hub.source.Source;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.input.InputKind;

/**
 * The plugins that a class loader sees, and one injector of those that work. One that fails is reported and left out.
 *
 * @param loaded plugins that work, by name
 * @param failures those that do not
 * @param notices what else is wrong with how plugins are packaged, a sentence each
 * @param leftOut components that need a module which this program does not have, a sentence each
 * @param injector holds the components of all that work
 */
record Plugins(
        List<Loaded> loaded, List<Failure> failures, List<String> notices, List<String> leftOut, Injector injector) {
    /** A services file that fails again and again must not hold up the others for ever. */
    private static final int MAX_FAILURES = 100;

    /** Everything that does not work and why, a sentence each. */
    List<String> problems() {
        return Stream.concat(failures.stream().map(Failure::toString), notices.stream())
                .toList();
    }

    /** A plugin that works. */
    record Loaded(PluginInfo info, Module module) {}

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

    /**
     * Loads the plugins of a class loader.
     *
     * @param builtIn the sources of the hub, whose schemes no plugin may bind
     */
    static Plugins load(ClassLoader classLoader, List<Source> builtIn) {
        List<Failure> failures = new ArrayList<>();
        List<ModelPlugin> found = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        if (classLoader instanceof PluginFolder folder) {
            found.addAll(discovered(folder.getParent(), "of the class path", false, failures));
            for (PluginLoader loader : folder.loaders()) {
                found.addAll(discovered(loader, "in " + loader.place(), true, failures));
            }
        } else {
            found.addAll(discovered(classLoader, "of the class path", false, failures));
        }
        notices.addAll(FatJar.losses(
                found.stream().map(plugin -> plugin.getClass().getName()).collect(Collectors.toSet())));
        List<Loaded> candidates = named(found, failures);
        try {
            return new Plugins(candidates, failures, notices, List.of(), injector(candidates, builtIn));
        } catch (RuntimeException | LinkageError e) {
            return withoutBroken(candidates, failures, notices, builtIn);
        }
    }

    /**
     * The plugins that services files name.
     *
     * @param place where they lie, for messages
     * @param own true to leave out what the class loader's parents see
     */
    private static List<ModelPlugin> discovered(
            ClassLoader classLoader, String place, boolean own, List<Failure> failures) {
        List<ModelPlugin> found = new ArrayList<>();
        var services =
                ServiceLoader.load(ModelPlugin.class, classLoader).stream().iterator();
        int failed = 0;
        while (failed < MAX_FAILURES) {
            try {
                if (!services.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<ModelPlugin> service = services.next();
                if (!own || service.type().getClassLoader() == classLoader) {
                    found.add(service.get());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failed++;
                Failure failure = new Failure(place, cause(e));
                if (!own || failures.stream().noneMatch(known -> known.cause().equals(failure.cause()))) {
                    failures.add(failure);
                }
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
    private static Plugins withoutBroken(
            List<Loaded> candidates, List<Failure> failures, List<String> notices, List<Source> builtIn) {
        List<Loaded> working = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Injector injector = injector(working, builtIn);
        for (Loaded candidate : outsidersLast(candidates)) {
            try {
                Loaded reduced = withoutMissingModules(candidate, leftOut);
                working.add(reduced);
                Optional<String> duplicate = GuiceErrors.duplicate(modules(working, builtIn));
                if (duplicate.isPresent()) {
                    working.remove(reduced);
                    failures.add(new Failure(candidate.info().name(), duplicate.get()));
                } else {
                    injector = injector(working, builtIn);
                }
            } catch (RuntimeException | LinkageError e) {
                working.removeIf(
                        plugin -> plugin.info().name().equals(candidate.info().name()));
                failures.add(new Failure(candidate.info().name(), cause(e)));
            }
        }
        return new Plugins(working, failures, notices, leftOut, injector);
    }

    /** Puts the program's own plugins first, so that they keep a name that a plugin of the folder binds too. */
    private static List<Loaded> outsidersLast(List<Loaded> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparing(
                        plugin -> plugin.module().getClass().getClassLoader() instanceof PluginLoader))
                .toList();
    }

    /**
     * A plugin as it is, or what it binds before it asks for a module of Menagerie that this program does not have, such as
     * training. A plugin that binds such components does so last, or in {@link
     * org.menagerie.spi.PluginBinder#optional}.
     */
    private static Loaded withoutMissingModules(Loaded plugin, List<String> leftOut) {
        List<String> missing = new ArrayList<>();
        List<Element> elements = Elements.getElements(binder -> {
            try {
                binder.install(plugin.module());
            } catch (NoClassDefFoundError e) {
                missing.add(PluginBinder.missingModule(e).orElseThrow(() -> e));
            }
        });
        if (missing.isEmpty()) {
            return plugin;
        }
        leftOut.add("Plugin %s works without what needs %s, which this program does not have"
                .formatted(plugin.info().name(), missing.get(0)));
        return new Loaded(plugin.info(), Elements.getModule(elements));
    }

    private static List<Module> modules(List<Loaded> plugins, List<Source> builtIn) {
        List<Module> modules = new ArrayList<>(List.of(components(builtIn)));
        plugins.forEach(p -> modules.add(p.module()));
        return modules;
    }

    private static Injector injector(List<Loaded> plugins, List<Source> builtIn) {
        return Guice.createInjector(modules(plugins, builtIn));
    }

    /** The maps that exist even if no plugin puts anything in, and the sources of the hub. */
    static Module components(List<Source> builtIn) {
        return binder -> {
            PluginBinder named = PluginBinder.on(binder);
            builtIn.forEach(source -> named.bind(Source.class, source.scheme()).toInstance(source));
            MapBinder.newMapBinder(binder, String.class, PreprocessorKind.class);
            MapBinder.newMapBinder(binder, String.class, DecoderKind.class);
            MapBinder.newMapBinder(binder, String.class, ModelKind.class);
            MapBinder.newMapBinder(binder, String.class, AnswerKind.class);
            MapBinder.newMapBinder(binder, String.class, InputKind.class);
        };
    }

    private static String cause(Throwable e) {
        if (e instanceof CreationException guice) {
            return GuiceErrors.sentence(guice);
        }
        Throwable root = Optional.ofNullable(e.getCause()).orElse(e);
        return e instanceof ServiceConfigurationError && root != e ? e.getMessage() + ": " + root : root.toString();
    }
}

package org.menagerie.hub;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.source.Progress;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ZooHome;

/**
 * How a zoo is opened.
 *
 * @param home the folder that keeps weights and catalogs
 * @param offline true if the network may not be used
 * @param session how networks are loaded and run; its device among others
 * @param catalogs folders of cards, beside those on the class path and those added to {@code home}
 * @param classLoader where plugins and packaged cards are looked for, before the jars in {@code home/plugins}
 * @param progress told of downloads
 * @param limit the longest that one prediction may take; null for as long as it needs
 * @param listener told of predictions
 */
public record ZooOptions(
        Path home,
        boolean offline,
        SessionOptions session,
        List<Path> catalogs,
        ClassLoader classLoader,
        Progress progress,
        @Nullable Duration limit,
        PredictionListener listener) {
    /** The environment variable that forbids the network when it is {@code 1} or {@code true}. */
    public static final String OFFLINE_VARIABLE = "ZOO_OFFLINE";

    public ZooOptions {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(classLoader, "classLoader");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(listener, "listener");
        if (limit != null && (limit.isZero() || limit.isNegative())) {
            throw new IllegalArgumentException("The time limit of a prediction must be positive, not " + limit);
        }
        catalogs = List.copyOf(catalogs);
    }

    /** {@link ZooHome}, the network unless {@code ZOO_OFFLINE} forbids it, any device, the thread's class loader. */
    public static ZooOptions defaults() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new ZooOptions(
                ZooHome.resolve(),
                offlineByEnvironment(),
                SessionOptions.defaults(),
                List.of(),
                context == null ? ZooOptions.class.getClassLoader() : context,
                Progress.NONE,
                null,
                PredictionListener.NONE);
    }

    public ZooOptions withHome(Path home) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    public ZooOptions withOffline(boolean offline) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    public ZooOptions withDevice(Device device) {
        return withSession(session.withDevice(device));
    }

    public ZooOptions withSession(SessionOptions session) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    public ZooOptions withCatalogs(List<Path> catalogs) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    public ZooOptions withClassLoader(ClassLoader classLoader) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    public ZooOptions withProgress(Progress progress) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    /**
     * With a time limit for each prediction; what runs when it is over is stopped, and the call throws a {@link
     * org.menagerie.spi.DeadlineException}.
     */
    public ZooOptions withLimit(Duration limit) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    public ZooOptions withListener(PredictionListener listener) {
        return new ZooOptions(home, offline, session, catalogs, classLoader, progress, limit, listener);
    }

    /** With the jars in {@code home/plugins} in sight of the class loader. */
    ZooOptions withPluginFolder() {
        return withClassLoader(PluginFolder.over(home, classLoader));
    }

    private static boolean offlineByEnvironment() {
        String value =
                System.getenv().getOrDefault(OFFLINE_VARIABLE, "").strip().toLowerCase(Locale.ROOT);
        return value.equals("1") || value.equals("true") || value.equals("yes");
    }
}

package org.menagerie.spi;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds what the zoo fetched or unpacked and can fetch or unpack again: weights, native libraries.
 *
 * <p>{@code ZOO_HOME} names it; without, it is {@code menagerie} in the platform's cache folder:
 *
 * <ul>
 *   <li>Linux and others: {@code $XDG_CACHE_HOME}, else {@code ~/.cache} (XDG Base Directory Specification)
 *   <li>macOS: {@code ~/Library/Caches}
 *   <li>Windows: {@code %LOCALAPPDATA%}, else {@code AppData\Local} in the home folder
 * </ul>
 */
public final class ZooHome {
    /** The environment variable that names the folder. */
    public static final String VARIABLE = "ZOO_HOME";

    private static volatile @Nullable Path nativeHome;

    private ZooHome() {}

    /**
     * The folder below which this process unpacks native libraries; it may not exist yet. A library is loaded once a
     * process, so the folder that counts is the one at the time of the first use.
     */
    public static Path natives() {
        Path home = nativeHome;
        return (home == null ? resolve() : home).resolve("native");
    }

    /** Puts the native libraries that are not loaded yet below another home than that of the environment. */
    public static void useForNatives(Path home) {
        nativeHome = home.toAbsolutePath().normalize();
    }

    /** The folder for this process; it may not exist yet. */
    public static Path resolve() {
        return resolve(System.getenv(), System.getProperties());
    }

    /**
     * The folder for an environment; it may not exist yet.
     *
     * @param environment as {@link System#getenv()}; an empty value counts as unset
     * @param properties as {@link System#getProperties()}: {@code os.name} and {@code user.home} are read
     */
    public static Path resolve(Map<String, String> environment, Properties properties) {
        String chosen = environment.getOrDefault(VARIABLE, "");
        if (!chosen.isBlank()) {
            return Path.of(chosen).toAbsolutePath().normalize();
        }
        Path home = Path.of(properties.getProperty("user.home", ".")).toAbsolutePath();
        String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path caches;
        if (system.startsWith("windows")) {
            caches = absolute(
                    environment, "LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
        } else if (system.startsWith("mac")) {
            caches = home.resolve("Library").resolve("Caches");
        } else {
            caches = absolute(environment, "XDG_CACHE_HOME", home.resolve(".cache"));
        }
        return caches.resolve("menagerie").normalize();
    }

    /** The XDG specification says to ignore a path that is not absolute. */
    private static Path absolute(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return !value.isBlank() && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }
}

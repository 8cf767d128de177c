package org.menagerie.runtime;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.NativeFolder;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;

/**
 * JNA, started with its native library in {@link ZooHome#natives()}. By itself it would unpack the library into a temporary
 * folder outside, at every start. JNA's properties are as before afterwards: other copies of JNA in this process may need
 * other values.
 */
final class JnaLibrary {
    private static final String BOOT_PATH = "jna.boot.library.path";
    private static final String NO_UNPACK = "jna.nounpack";

    private static volatile boolean started;

    private JnaLibrary() {}

    /** Whether JNA can be used. */
    static boolean isStarted() {
        return started;
    }

    /**
     * Starts JNA unless it runs already.
     *
     * @throws ZooException if its library can be neither unpacked nor loaded
     */
    static void start() {
        try {
            String file = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
            URL resource = Platform.class.getResource("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file);
            boolean settled = System.getProperty(BOOT_PATH) != null || Boolean.getBoolean("jna.noclasspath");
            if (resource == null || settled) {
                requireLoaded();
                return;
            }
            Path folder = ZooHome.natives().resolve("jna-%s-%s".formatted(Native.VERSION, Platform.RESOURCE_PREFIX));
            Unpacking.into(folder, "JNA's native library", Map.of(file, resource));
            NativeFolder.requireExecutable(folder);
            String noUnpack = System.getProperty(NO_UNPACK);
            System.setProperty(BOOT_PATH, folder.toString());
            System.setProperty(NO_UNPACK, "true");
            try {
                requireLoaded();
            } finally {
                restore(BOOT_PATH, null);
                restore(NO_UNPACK, noUnpack);
            }
        } catch (LinkageError e) {
            throw new ZooException("JNA cannot be loaded: " + e, e);
        }
    }

    /** Runs JNA's static initializer, which loads its library. */
    private static void requireLoaded() {
        if (Native.POINTER_SIZE == 0) {
            throw new ZooException("JNA does not know the size of a pointer");
        }
        started = true;
    }

    private static void restore(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}

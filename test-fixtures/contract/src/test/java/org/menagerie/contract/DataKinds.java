package org.menagerie.contract;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.menagerie.training.data.DataPlugin;
import org.menagerie.training.data.DatasetKind;

/** The kinds of data sets that come with training, and files for them. */
final class DataKinds {
    static final Map<String, DatasetKind> ALL = of(new DataPlugin());

    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

    private DataKinds() {}

    /** The kinds that a plugin binds. */
    static Map<String, DatasetKind> of(Module plugin) {
        return Guice.createInjector(plugin).getInstance(Key.get(new TypeLiteral<Map<String, DatasetKind>>() {}));
    }

    static DatasetKind kind(String name) {
        return Objects.requireNonNull(ALL.get(name), name);
    }

    /** Copies the four files of the whole Fashion-MNIST. */
    static void copyFashion(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.exists(FASHION), "Debian's dataset-fashion-mnist is not installed");
        try (Stream<Path> files = Files.list(FASHION)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith("-ubyte.gz")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }
}

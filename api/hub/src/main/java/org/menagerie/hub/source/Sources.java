package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.hub.card.Suggestions;
import org.menagerie.spi.OfflineException;

/** All sources by scheme. Thread-safe. */
public final class Sources {
    private final Map<String, Source> byScheme = new LinkedHashMap<>();
    private final boolean offline;

    /**
     * Collects sources.
     *
     * @param offline true if remote sources may not be used
     */
    public Sources(List<Source> sources, boolean offline) {
        sources.forEach(source -> byScheme.put(source.scheme(), source));
        this.offline = offline;
    }

    /** The sources that the hub brings. */
    public static List<Source> builtIn(ClassLoader classLoader) {
        return List.of(new ResourceSource(classLoader), new FileSource());
    }

    /**
     * Brings a file to this machine.
     *
     * @param reference for example {@code npm:@scope/name@1.0.0!/package/a.onnx}
     * @param base the folder of the card that holds the reference, as a reference that ends in {@code /}
     * @param target where to write; may hold the beginning of the file from an earlier attempt
     * @return the whole file: {@code target}, or one that lies on this machine anyway
     * @throws OfflineException if the network would be needed and may not be used
     */
    public Path fetch(String reference, String base, Path target, Transfer transfer) throws IOException {
        Reference parsed = Reference.parse(reference, base);
        Source source = byScheme.get(parsed.scheme());
        if (source == null) {
            throw new IOException("no source is called '%s'%s; known are %s"
                    .formatted(
                            parsed.scheme(),
                            Suggestions.didYouMean(parsed.scheme(), byScheme.keySet()),
                            String.join(", ", byScheme.keySet())));
        }
        if (offline && source.remote()) {
            throw new OfflineException("needs the network");
        }
        return source.fetch(parsed.location(), target, transfer);
    }
}

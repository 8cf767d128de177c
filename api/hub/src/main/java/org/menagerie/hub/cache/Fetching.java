package org.menagerie.hub.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.hub.source.DiskSpace;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Transfer;
import org.menagerie.hub.source.Unfinished;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * Brings one content into a store: tries the artifact's sources in turn, checks what arrives, and gives it its name in one
 * step. The caller holds the content's lock.
 *
 * @param owner whose file it is, for messages
 * @param base the folder of the card, as a reference that ends in {@code /}
 * @param part where an unfinished download is kept
 * @param blob the name that the checked content gets
 */
record Fetching(String owner, String base, Path part, Path blob, Sources sources, Progress progress) {
    Path run(Artifact artifact) throws IOException {
        Files.createDirectories(blob.getParent());
        List<Exception> failures = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (String source : artifact.sources()) {
            try {
                boolean begun = Files.exists(part);
                try {
                    from(source, artifact);
                } catch (IntegrityException e) {
                    if (!begun) {
                        throw e;
                    }
                    // What an earlier attempt left may have been what was wrong.
                    Unfinished.discard(part);
                    from(source, artifact);
                }
                return blob;
            } catch (IOException | ZooException e) {
                failures.add(e);
                reasons.add(source + ": " + reason(e));
                if (e instanceof DiskSpace.Exhausted) {
                    // Another source would fill the disk as well.
                    Unfinished.discard(part);
                    break;
                }
            }
        }
        throw failure(artifact, failures, reasons);
    }

    private void from(String source, Artifact artifact) throws IOException {
        try {
            Transfer transfer = Transfer.checked(artifact.file(), artifact.size(), progress);
            accept(artifact, sources.fetch(source, base, part, transfer));
        } catch (IntegrityException e) {
            sources.forget(source, base);
            throw e;
        }
    }

    /** Checks a fetched file and gives it its name in one step. */
    private void accept(Artifact artifact, Path fetched) throws IOException {
        long size = Files.size(fetched);
        String sha256 = size == artifact.size() ? Sha256.of(fetched) : "";
        if (!sha256.equals(artifact.sha256())) {
            if (fetched.equals(part)) {
                Unfinished.discard(part);
            }
            throw new IntegrityException(
                    size == artifact.size()
                            ? "expected SHA-256 %s, found %s".formatted(artifact.sha256(), sha256)
                            : "expected %,d bytes, found %,d".formatted(artifact.size(), size));
        }
        if (!fetched.equals(part)) {
            copy(artifact, fetched);
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        AtomicFile.move(part, blob);
        Unfinished.discard(part);
    }

    /** Copies a file that belongs to somebody else, who may be writing it: the copy is what is checked. */
    private void copy(Artifact artifact, Path fetched) throws IOException {
        Unfinished.discard(part);
        try (InputStream in = Files.newInputStream(fetched);
                OutputStream out = DiskSpace.create(part)) {
            in.transferTo(out);
        }
        if (Files.size(part) != artifact.size() || !Sha256.of(part).equals(artifact.sha256())) {
            Unfinished.discard(part);
            throw new IntegrityException("the file changed while it was copied");
        }
    }

    private ZooException failure(Artifact artifact, List<Exception> failures, List<String> reasons) {
        String because = "; " + String.join("; ", reasons);
        String what = "'%s' of %s".formatted(artifact.file(), owner);
        ZooException failure;
        // Wrong bytes come first: going online would not make that source right, and nobody should overlook it.
        if (failures.stream().anyMatch(IntegrityException.class::isInstance)) {
            failure = new IntegrityException("%s did not arrive as its card states%s".formatted(what, because));
        } else if (failures.stream().anyMatch(OfflineException.class::isInstance)) {
            failure = new OfflineException("%s (%,d bytes) is not on this machine and the network may not be used%s"
                    .formatted(what, artifact.size(), because));
        } else {
            failure = new ZooException("%s could not be fetched%s".formatted(what, because));
        }
        failures.forEach(failure::addSuppressed);
        return failure;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}

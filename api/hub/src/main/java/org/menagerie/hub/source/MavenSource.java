package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code maven:group:artifact:version} or {@code maven:group:artifact:extension:classifier:version}: an artifact by the
 * user's own Maven settings, mirrors and local repository.
 */
final class MavenSource implements Source {
    private final boolean offline;

    MavenSource(boolean offline) {
        this.offline = offline;
    }

    @Override
    public String scheme() {
        return "maven";
    }

    /** The local repository may have it; offline, Maven looks nowhere else. */
    @Override
    public boolean remote() {
        return false;
    }

    @Override
    public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
        String[] parts = reference.split(":", -1);
        if (parts.length < 3 || parts.length > 5) {
            throw new IOException(
                    "expected 'maven:group:artifact:version!/path', found 'maven:%s'".formatted(reference));
        }
        for (String part : parts) {
            Part.MAVEN.check(part);
        }
        // Apache Maven Resolver and what it needs are loaded here, and by nobody else.
        return MavenResolution.resolve(reference, offline, transfer.of(reference));
    }
}

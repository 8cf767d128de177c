package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Settings;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import org.menagerie.spi.OfflineException;

/** Resolves one artifact with Apache Maven Resolver, configured by the user's Maven settings. */
final class MavenResolution {
    /** A list of a snapshot's or an artifact's versions. */
    private static final long MOST_METADATA = 8L << 20;

    private MavenResolution() {}

    static Path resolve(String coordinates, boolean offline, Transfer transfer) throws IOException {
        MavenSettings settings = MavenSettings.read();
        RepositorySystem system = new RepositorySystemSupplier().get();
        try {
            DefaultRepositorySystemSession session = session(system, settings, transfer);
            session.setOffline(offline || settings.settings().isOffline());
            List<RemoteRepository> repositories = repositories(settings.settings());
            return system.resolveArtifact(
                            session,
                            new ArtifactRequest(
                                    new DefaultArtifact(coordinates),
                                    system.newResolutionRepositories(session, repositories),
                                    null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            if (offline) {
                throw new OfflineException("not in the local Maven repository", e);
            }
            throw new IOException("Maven cannot resolve it: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("'%s' are not Maven coordinates".formatted(coordinates), e);
        } finally {
            system.shutdown();
        }
    }

    private static DefaultRepositorySystemSession session(
            RepositorySystem system, MavenSettings settings, Transfer transfer) {
        DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
        session.setSystemProperties(System.getProperties());
        session.setMirrorSelector(settings.mirrors());
        session.setProxySelector(settings.proxies());
        session.setAuthenticationSelector(settings.authentication());
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(
                session, new LocalRepository(settings.localRepository().toFile())));
        session.setTransferListener(new AbstractTransferListener() {
            @Override
            public void transferProgressed(TransferEvent event) throws TransferCancelledException {
                boolean description = event.getResource().getResourceName().endsWith(".xml");
                if (event.getTransferredBytes() > (description ? MOST_METADATA : Transfer.UNANNOUNCED)) {
                    throw new TransferCancelledException("%s is larger than anything honest"
                            .formatted(event.getResource().getResourceName()));
                }
                transfer.moved(event.getTransferredBytes(), event.getResource().getContentLength());
            }
        });
        return session;
    }

    /** Those of the settings' active profiles, then those that every Maven project inherits. */
    private static List<RemoteRepository> repositories(Settings settings) {
        List<org.apache.maven.settings.Repository> own = new ArrayList<>();
        Set<String> active = new LinkedHashSet<>(settings.getActiveProfiles());
        for (Profile profile : settings.getProfiles()) {
            boolean byDefault =
                    profile.getActivation() != null && profile.getActivation().isActiveByDefault();
            if (active.contains(profile.getId()) || byDefault) {
                own.addAll(profile.getRepositories());
            }
        }
        List<RemoteRepository> repositories = new ArrayList<>();
        own.forEach(r -> repositories.add(new RemoteRepository.Builder(r.getId(), "default", r.getUrl()).build()));
        DefaultModelProcessor reader = new DefaultModelProcessor();
        reader.setModelReader(new DefaultModelReader());
        DefaultSuperPomProvider superPom = new DefaultSuperPomProvider();
        superPom.setModelProcessor(reader);
        superPom.getSuperModel("4.0.0").getRepositories().stream()
                .filter(r -> own.stream().noneMatch(o -> o.getId().equals(r.getId())))
                .forEach(r -> repositories.add(new RemoteRepository.Builder(r.getId(), "default", r.getUrl()).build()));
        return repositories;
    }
}

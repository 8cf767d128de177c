package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.repository.AuthenticationSelector;
import org.eclipse.aether.repository.MirrorSelector;
import org.eclipse.aether.repository.ProxySelector;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/**
 * The user's Maven settings: {@code ~/.m2/settings.xml} over {@code conf/settings.xml} of the Maven that {@code MAVEN_HOME}
 * names, passwords decrypted.
 */
record MavenSettings(Settings settings, SettingsDecryptionResult decrypted) {
    static MavenSettings read() throws IOException {
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        request.setSystemProperties(System.getProperties());
        request.setUserSettingsFile(folder().resolve("settings.xml").toFile());
        String maven =
                System.getenv().getOrDefault("MAVEN_HOME", System.getenv().getOrDefault("M2_HOME", ""));
        if (!maven.isBlank()) {
            request.setGlobalSettingsFile(Path.of(maven, "conf", "settings.xml").toFile());
        }
        try {
            Settings settings = new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(request)
                    .getEffectiveSettings();
            DefaultSecDispatcher passwords = new DefaultSecDispatcher(new DefaultPlexusCipher());
            passwords.setConfigurationFile(
                    folder().resolve("settings-security.xml").toString());
            return new MavenSettings(
                    settings,
                    new DefaultSettingsDecrypter(passwords).decrypt(new DefaultSettingsDecryptionRequest(settings)));
        } catch (SettingsBuildingException e) {
            throw new IOException("the Maven settings cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("user.home"), ".m2");
    }

    Path localRepository() {
        String chosen = System.getProperty("maven.repo.local", "");
        if (!chosen.isBlank()) {
            return Path.of(chosen);
        }
        String configured = settings.getLocalRepository();
        return configured == null || configured.isBlank() ? folder().resolve("repository") : Path.of(configured);
    }

    MirrorSelector mirrors() {
        DefaultMirrorSelector selector = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            selector.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        return selector;
    }

    ProxySelector proxies() {
        DefaultProxySelector selector = new DefaultProxySelector();
        for (Proxy proxy : decrypted.getProxies()) {
            if (proxy.isActive()) {
                selector.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(),
                                proxy.getHost(),
                                proxy.getPort(),
                                new AuthenticationBuilder()
                                        .addUsername(proxy.getUsername())
                                        .addPassword(proxy.getPassword())
                                        .build()),
                        proxy.getNonProxyHosts());
            }
        }
        return selector;
    }

    AuthenticationSelector authentication() {
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        for (Server server : decrypted.getServers()) {
            selector.add(
                    server.getId(),
                    new AuthenticationBuilder()
                            .addUsername(server.getUsername())
                            .addPassword(server.getPassword())
                            .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
                            .build());
        }
        return selector;
    }
}

package org.menagerie.spi;

/**
 * What a plugin says of itself.
 *
 * @param name a short lower-case name, for example {@code lenet}
 * @param description one sentence
 */
public record PluginInfo(String name, String description) {
    public PluginInfo {
        if (!name.matches("[a-z0-9][a-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "Plugin name '%s' must be lower-case letters, digits, '.', '_' and '-'".formatted(name));
        }
    }
}

package org.menagerie.spi;

import java.util.List;

/** A caller gave a model a setting that the model does not have, cannot take, or would ignore. */
public class SettingException extends ZooException {
    private static final long serialVersionUID = 1L;

    private final List<String> settings;

    /**
     * @param settings the names of the settings at fault
     */
    public SettingException(List<String> settings, String message) {
        super(message);
        this.settings = List.copyOf(settings);
    }

    /** The names of the settings at fault. */
    public List<String> settings() {
        return settings;
    }
}

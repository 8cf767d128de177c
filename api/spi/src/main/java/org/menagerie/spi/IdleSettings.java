package org.menagerie.spi;

import java.util.Map;

/**
 * Settings that know which of them have no effect beside the others: a penalty's exponent without a penalty. A card may hold
 * such a setting for callers to switch on; a caller who gives one is told, instead of being ignored.
 */
public interface IdleSettings {
    /** Why a setting has no effect, by its name, for example {@code alpha: there is no length penalty}. */
    Map<String, String> idle();
}

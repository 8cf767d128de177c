/** Finds speech in sound, whole or as it arrives: Silero VAD. */
@NullMarked
package org.menagerie.plugin.silerovad;

import org.jspecify.annotations.NullMarked;

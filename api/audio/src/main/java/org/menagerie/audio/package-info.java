/**
 * Sound files to mono samples at the rate a network takes.
 *
 * <p>Cards name the preprocessor {@code waveform} ({@link org.menagerie.audio.WaveformSettings}).
 */
@NullMarked
package org.menagerie.audio;

import org.jspecify.annotations.NullMarked;

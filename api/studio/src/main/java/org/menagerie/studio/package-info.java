/** Trains, tunes, evaluates, verifies and publishes models: what {@code Zoo} is to running, this is to making. */
@NullMarked
package org.menagerie.studio;

import org.jspecify.annotations.NullMarked;

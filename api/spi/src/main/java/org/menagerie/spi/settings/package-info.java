/**
 * Reads settings into records. The components of a record are the allowed fields, wherever the settings were written: in a
 * card, in an option such as {@code --optimizer adam:beta1=.95}, or in a map of a Java program.
 */
@NullMarked
package org.menagerie.spi.settings;

import org.jspecify.annotations.NullMarked;

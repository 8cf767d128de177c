/** Finds and reads inputs of models: files, folders, globs, URLs, streams and texts, as their kinds say. */
@NullMarked
package org.menagerie.hub.input;

import org.jspecify.annotations.NullMarked;

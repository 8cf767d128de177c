/** What graphs bring to a host as a plugin: networks of an architecture from weights in safetensors files. */
@NullMarked
package org.menagerie.graph.plugin;

import org.jspecify.annotations.NullMarked;

/** This plugin lets a host build the networks of an architecture from weights in safetensors files. */
@NullMarked
package org.menagerie.graph.plugin;

import org.jspecify.annotations.NullMarked;

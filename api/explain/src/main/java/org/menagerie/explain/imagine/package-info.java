/**
 * Pictures made by optimising a network's input: {@link org.menagerie.explain.imagine.Imaginer} is the door, and {@link
 * org.menagerie.explain.imagine.ImagineKind} is what a plugin binds to add a method.
 */
@NullMarked
package org.menagerie.explain.imagine;

import org.jspecify.annotations.NullMarked;

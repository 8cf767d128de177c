/**
 * Why a network answers as it does: {@link org.menagerie.explain.Explainer} is the door, and {@link
 * org.menagerie.explain.ExplanationKind} is what a plugin binds to add a method.
 */
@NullMarked
package org.menagerie.explain;

import org.jspecify.annotations.NullMarked;

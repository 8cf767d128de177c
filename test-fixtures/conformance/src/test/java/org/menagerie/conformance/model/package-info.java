/** Shipped models and cards, treated badly and by many at once. */
@NullMarked
package org.menagerie.conformance.model;

import org.jspecify.annotations.NullMarked;

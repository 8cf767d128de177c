@NullMarked
package org.menagerie.hub.card;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.menagerie.cards;

import org.jspecify.annotations.NullMarked;

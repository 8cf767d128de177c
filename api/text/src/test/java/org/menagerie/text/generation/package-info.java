@NullMarked
package org.menagerie.text.generation;

import org.jspecify.annotations.NullMarked;

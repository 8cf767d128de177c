@NullMarked
package org.menagerie.text;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.menagerie.audio;

import org.jspecify.annotations.NullMarked;

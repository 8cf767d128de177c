@NullMarked
package org.menagerie.vision;

import org.jspecify.annotations.NullMarked;

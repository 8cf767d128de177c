@NullMarked
package org.menagerie.plugin.blazeface;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.menagerie.plugin.silerovad;

import org.jspecify.annotations.NullMarked;

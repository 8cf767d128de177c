@NullMarked
package org.menagerie.hub;

import org.jspecify.annotations.NullMarked;

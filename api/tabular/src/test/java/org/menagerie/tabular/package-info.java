@NullMarked
package org.menagerie.tabular;

import org.jspecify.annotations.NullMarked;

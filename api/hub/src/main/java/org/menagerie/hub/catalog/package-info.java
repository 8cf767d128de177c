/** Where cards come from: jars of the class path, the user's folders, and published catalogs. */
@NullMarked
package org.menagerie.hub.catalog;

import org.jspecify.annotations.NullMarked;

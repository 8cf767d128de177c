/** The methods that come with the module. */
@NullMarked
package org.menagerie.explain.method;

import org.jspecify.annotations.NullMarked;

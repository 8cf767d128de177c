/** What strangers, broken networks and killed processes may do to a zoo, as tests. */
@NullMarked
package org.menagerie.hostile;

import org.jspecify.annotations.NullMarked;

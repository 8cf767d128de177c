/** Ensembles: several trained networks, or several heads of one, that answer together and export as one network. */
@NullMarked
package org.menagerie.training.ensemble;

import org.jspecify.annotations.NullMarked;

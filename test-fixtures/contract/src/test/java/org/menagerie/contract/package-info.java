@NullMarked
package org.menagerie.contract;

import org.jspecify.annotations.NullMarked;

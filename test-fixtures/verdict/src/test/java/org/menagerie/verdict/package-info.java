@NullMarked
package org.menagerie.verdict;

import org.jspecify.annotations.NullMarked;

/** What all tests of a build did, for people and for the build itself. */
@NullMarked
package org.menagerie.verdict;

import org.jspecify.annotations.NullMarked;

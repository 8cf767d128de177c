/** JMH benchmarks of our algorithms against named peers on the same data; README.md has commands and figures. */
@NullMarked
package org.menagerie.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Pages about evaluations: what metrics show beside their figures, and the HTML file that holds it. */
@NullMarked
package org.menagerie.studio.report;

import org.jspecify.annotations.NullMarked;

/** AlexNet. */
@NullMarked
package org.menagerie.plugin.alexnet;

import org.jspecify.annotations.NullMarked;

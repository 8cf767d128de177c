/** LeNet-5. */
@NullMarked
package org.menagerie.plugin.lenet;

import org.jspecify.annotations.NullMarked;

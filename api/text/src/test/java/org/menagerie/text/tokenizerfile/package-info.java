@NullMarked
package org.menagerie.text.tokenizerfile;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.menagerie.plugin.paddleocr;

import org.jspecify.annotations.NullMarked;

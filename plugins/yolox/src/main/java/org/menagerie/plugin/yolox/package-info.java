/** Reads networks that predict boxes without anchors: YOLOX and its relatives. */
@NullMarked
package org.menagerie.plugin.yolox;

import org.jspecify.annotations.NullMarked;

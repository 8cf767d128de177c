/** SegNet, DeconvNet and a plain bottleneck. */
@NullMarked
package org.menagerie.plugin.segnet;

import org.jspecify.annotations.NullMarked;

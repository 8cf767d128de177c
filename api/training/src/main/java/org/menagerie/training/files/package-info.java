/** Data sets that people have as files: a folder of images for each class, and labelled texts. */
@NullMarked
package org.menagerie.training.files;

import org.jspecify.annotations.NullMarked;

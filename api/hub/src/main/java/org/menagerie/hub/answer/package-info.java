/** This package writes pictures of answers to files. */
@NullMarked
package org.menagerie.hub.answer;

import org.jspecify.annotations.NullMarked;

/** What becomes of answers: files of their pictures. */
@NullMarked
package org.menagerie.hub.answer;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.menagerie.plugin.seq2seq;

import org.jspecify.annotations.NullMarked;

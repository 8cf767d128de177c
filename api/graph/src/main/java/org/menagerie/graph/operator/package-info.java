/** The operators of opset 17: arity, attributes and type inference, declared once each. */
@NullMarked
package org.menagerie.graph.operator;

import org.jspecify.annotations.NullMarked;

/** Schedules of the learning rate: how it changes along a training. */
@NullMarked
package org.menagerie.training.schedule;

import org.jspecify.annotations.NullMarked;

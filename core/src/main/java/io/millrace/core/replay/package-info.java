/** Ended jobs that are made to run once more: one by one, or many at a pace. */
@NullMarked
package io.millrace.core.replay;

import org.jspecify.annotations.NullMarked;

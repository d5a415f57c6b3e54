/** Process 1: claims messages, runs handlers, settles. */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;

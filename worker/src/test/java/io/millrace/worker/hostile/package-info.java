/** Messages that are wrong in every way that the broker still takes, drawn from a seed. */
@NullMarked
package io.millrace.worker.hostile;

import org.jspecify.annotations.NullMarked;

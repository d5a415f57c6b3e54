/** Keeps this worker's lease alive, and watches those of the others. */
@NullMarked
package io.millrace.worker.lease;

import org.jspecify.annotations.NullMarked;

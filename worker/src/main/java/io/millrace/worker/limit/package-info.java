/** The worker's share of the limits that hold for all workers together. */
@NullMarked
package io.millrace.worker.limit;

import org.jspecify.annotations.NullMarked;

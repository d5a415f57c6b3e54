/**
 * Runs batch jobs: whoever has room claims a run or a partition of one under a lease, and Spring
 * Batch does it, chunk by chunk, each of which commits only while the lease is held.
 */
@NullMarked
package io.millrace.scheduler.batch;

import org.jspecify.annotations.NullMarked;

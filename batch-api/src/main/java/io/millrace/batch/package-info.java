/**
 * What authors of nightly batches use: the description of a batch job, whose readers, processors
 * and writers are those of Spring Batch.
 */
@NullMarked
package io.millrace.batch;

import org.jspecify.annotations.NullMarked;

/** The runs of batch jobs, as every process sees and requests them. */
@NullMarked
package io.millrace.core.batch;

import org.jspecify.annotations.NullMarked;

/** The resources {@code /v1/batch-jobs} and {@code /v1/batch-runs}. */
@NullMarked
package io.millrace.admin.batch;

import org.jspecify.annotations.NullMarked;

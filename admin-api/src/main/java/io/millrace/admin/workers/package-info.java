/** The resource {@code /v1/workers}. */
@NullMarked
package io.millrace.admin.workers;

import org.jspecify.annotations.NullMarked;

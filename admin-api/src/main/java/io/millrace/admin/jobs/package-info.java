/** The resource {@code /v1/jobs}. */
@NullMarked
package io.millrace.admin.jobs;

import org.jspecify.annotations.NullMarked;

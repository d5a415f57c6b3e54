/** The resource {@code /v1/job-types}. */
@NullMarked
package io.millrace.admin.types;

import org.jspecify.annotations.NullMarked;

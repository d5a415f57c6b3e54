/** The resource {@code /v1/schedules}. */
@NullMarked
package io.millrace.admin.schedules;

import org.jspecify.annotations.NullMarked;

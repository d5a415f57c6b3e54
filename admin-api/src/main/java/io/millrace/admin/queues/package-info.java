/** The resource {@code /v1/queues}. */
@NullMarked
package io.millrace.admin.queues;

import org.jspecify.annotations.NullMarked;

/** The resource {@code /v1/failures}. */
@NullMarked
package io.millrace.admin.failures;

import org.jspecify.annotations.NullMarked;

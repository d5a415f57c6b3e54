/** The resource {@code /v1/endpoints}. */
@NullMarked
package io.millrace.admin.endpoints;

import org.jspecify.annotations.NullMarked;

/** The resource {@code /v1/dependencies}. */
@NullMarked
package io.millrace.admin.dependencies;

import org.jspecify.annotations.NullMarked;

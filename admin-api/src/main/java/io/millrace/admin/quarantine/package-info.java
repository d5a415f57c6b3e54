/** The resource {@code /v1/quarantine}. */
@NullMarked
package io.millrace.admin.quarantine;

import org.jspecify.annotations.NullMarked;

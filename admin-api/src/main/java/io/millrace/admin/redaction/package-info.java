/** What of a job's payload is shown to whom. */
@NullMarked
package io.millrace.admin.redaction;

import org.jspecify.annotations.NullMarked;

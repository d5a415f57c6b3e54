/** By which names a request is found again in the log, in the audit, and at whoever sent it. */
@NullMarked
package io.millrace.admin.trace;

import org.jspecify.annotations.NullMarked;

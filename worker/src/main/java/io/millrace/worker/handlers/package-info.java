/** The handlers of this worker: where they come from, what they read, what they write. */
@NullMarked
package io.millrace.worker.handlers;

import org.jspecify.annotations.NullMarked;

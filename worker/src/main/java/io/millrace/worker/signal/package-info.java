/** What the engine tells about itself: one sealed event, and who listens. */
@NullMarked
package io.millrace.worker.signal;

import org.jspecify.annotations.NullMarked;

/** What operators have paused, as this worker knows it. */
@NullMarked
package io.millrace.worker.pause;

import org.jspecify.annotations.NullMarked;

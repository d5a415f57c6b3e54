/** The nightly run that erases and deletes what has been kept for as long as it was to be. */
@NullMarked
package io.millrace.scheduler.retention;

import org.jspecify.annotations.NullMarked;

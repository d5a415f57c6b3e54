/** JobRunr: its server under supervision, and its dashboard behind a password. */
@NullMarked
package io.millrace.scheduler.jobrunr;

import org.jspecify.annotations.NullMarked;

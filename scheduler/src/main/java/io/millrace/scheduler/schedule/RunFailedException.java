package io.millrace.scheduler.schedule;

import org.jobrunr.JobRunrException;

/** What a schedule runs has failed; JobRunr shows that, and tries nothing again. */
final class RunFailedException extends JobRunrException {

  private static final long serialVersionUID = 1;

  RunFailedException(String message) {
    super(message, true);
  }
}

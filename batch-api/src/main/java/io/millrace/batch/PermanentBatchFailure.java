package io.millrace.batch;

/**
 * A run cannot do what was asked, however often it is restarted: it has failed, and is not
 * restarted by itself. Any step may throw it. The message is for whoever started the run; it says
 * what is wrong, and what to do instead.
 */
public final class PermanentBatchFailure extends RuntimeException {

  public PermanentBatchFailure(String message) {
    super(message);
  }

  public PermanentBatchFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

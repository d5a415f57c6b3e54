package io.millrace.handler;

import org.jspecify.annotations.Nullable;

/** The job cannot succeed, now or later: it fails at once and is not tried again. */
public class PermanentFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong and what to do about it, for operators and upstream systems; no
   *     personal data
   */
  public PermanentFailure(String message) {
    this(message, null);
  }

  /**
   * @param message what is wrong and what to do about it, for operators and upstream systems; no
   *     personal data
   * @param cause what brought it about
   */
  public PermanentFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millrace.admin.problem;

import java.io.IOException;
import java.time.Duration;

/** A body takes longer to arrive than is waited for. */
public final class BodyTooSlowException extends IOException {

  private static final long serialVersionUID = 1;

  public BodyTooSlowException(Duration most) {
    super("the body takes longer than %s to arrive".formatted(most));
  }
}

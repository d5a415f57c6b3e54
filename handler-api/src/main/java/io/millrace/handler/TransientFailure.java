package io.millrace.handler;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job failed for a reason that may pass; the engine tries it again as the type's configuration
 * says.
 */
public class TransientFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final @Nullable Duration retryAfter;

  /**
   * @param message what is wrong, for operators; no personal data
   */
  public TransientFailure(String message) {
    this(message, null, null);
  }

  /**
   * @param message what is wrong, for operators; no personal data
   * @param retryAfter not to be tried again before this time has passed, or null
   * @param cause what brought it about, or null
   */
  public TransientFailure(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** How long to wait at least before the next attempt, if the failure knows. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

package io.millrace.client;

import org.jspecify.annotations.Nullable;

/**
 * A job's message was not published, or nobody can tell.
 *
 * <p>To publish it again with the same message id is always safe: the engine runs it once.
 */
public final class PublishException extends RuntimeException {

  private final Reason reason;
  private final String messageId;
  private final boolean maybePublished;

  PublishException(
      Reason reason,
      String messageId,
      boolean maybePublished,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.messageId = messageId;
    this.maybePublished = maybePublished;
  }

  /** Why a message was not published. */
  public enum Reason {
    /** No queue takes messages of the type: no worker that has it was ever started. */
    UNROUTABLE,
    /** The broker answered with a nack, as it does for a full queue or a fault of its own. */
    REFUSED_BY_BROKER,
    /** The exchange does not exist: no worker has ever declared it. */
    NO_EXCHANGE,
    /** The user may not write to the exchange. */
    FORBIDDEN,
    /** There was no confirmation in time. */
    TIMED_OUT,
    /** Too many messages wait for their confirmation, and none came in time. */
    OVERLOADED,
    /** The publisher was closed. */
    CLOSED,
    /** The thread was interrupted while it waited for its turn. */
    INTERRUPTED
  }

  public Reason reason() {
    return reason;
  }

  /** The id of the message that this is about. */
  public String messageId() {
    return messageId;
  }

  /**
   * Whether the broker may have the message all the same: it was sent, and the answer is missing.
   */
  public boolean maybePublished() {
    return maybePublished;
  }
}

package io.millrace.scheduler.batch;

import io.millrace.batch.PermanentBatchFailure;

/** A partition has failed; the message says which and why. */
final class PartitionFailedException extends RuntimeException {

  private final boolean permanent;

  /**
   * @param permanent whether to begin it again would not help
   */
  PartitionFailedException(String message, boolean permanent) {
    super(message);
    this.permanent = permanent;
  }

  static PartitionFailedException of(Throwable failure) {
    return new PartitionFailedException(FailureText.of(failure), isPermanent(failure));
  }

  /** Whether the author of the batch says so. */
  static boolean isPermanent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PermanentBatchFailure
          || cause instanceof PartitionFailedException partition && partition.isPermanent()) {
        return true;
      }
    }
    return false;
  }

  boolean isPermanent() {
    return permanent;
  }
}

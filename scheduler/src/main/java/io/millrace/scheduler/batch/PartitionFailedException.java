package io.millrace.scheduler.batch;

/** A partition has failed; the message says which and why. */
final class PartitionFailedException extends RuntimeException {

  PartitionFailedException(String message) {
    super(message);
  }
}

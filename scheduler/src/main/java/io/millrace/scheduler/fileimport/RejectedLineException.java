package io.millrace.scheduler.fileimport;

/** A line cannot become a job; the message says why, and repeats little of the line. */
final class RejectedLineException extends Exception {

  private static final long serialVersionUID = 1;

  /** There may be a million of them, and nobody asks where they came from. */
  RejectedLineException(String reason) {
    super(reason, null, false, false);
  }

  /** Why. */
  String reason() {
    return String.valueOf(getMessage());
  }
}

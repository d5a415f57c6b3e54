package io.millrace.scheduler.fileimport;

/** What became of a line. */
sealed interface LineResult {

  /** Which one it is. */
  Line line();

  /** It is a job now. */
  record Enqueued(Line line) implements LineResult {}

  /** It became none, and is listed in a file. */
  sealed interface NoJob extends LineResult {}

  /** Its job was there, of an earlier line or of another publisher. */
  record Duplicate(Line line, String messageId) implements NoJob {}

  /** It cannot be a job. */
  record Rejected(Line line, String reason) implements NoJob {}
}

package io.millrace.scheduler.fileimport;

/** A file cannot be imported; the message says which, why, and what to do. */
final class FileImportException extends RuntimeException {

  private static final long serialVersionUID = 1;

  FileImportException(String message) {
    super(message);
  }

  FileImportException(String message, Throwable cause) {
    super(message, cause);
  }
}

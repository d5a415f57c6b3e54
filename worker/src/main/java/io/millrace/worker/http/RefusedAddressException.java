package io.millrace.worker.http;

/** The engine does not let a call go there. */
final class RefusedAddressException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is refused and why, for a person
   */
  RefusedAddressException(String message) {
    super(message);
  }
}

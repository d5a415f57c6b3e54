package io.millrace.worker.dependency;

/** A call that failed, for whoever counts them; never thrown. */
final class FailedCallException extends Exception {

  static final FailedCallException ONE = new FailedCallException();

  private static final long serialVersionUID = 1;

  private FailedCallException() {
    super("a call failed", null, false, false);
  }
}

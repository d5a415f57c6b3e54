package io.millrace.core.address;

/** The engine does not let a call go there. */
public final class RefusedAddressException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is refused and why, for a person
   */
  public RefusedAddressException(String message) {
    super(message);
  }
}

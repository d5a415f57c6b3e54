package io.millrace.core;

/** A setting cannot be used; the message says which and why, and no secret. */
public final class InvalidSettingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String action;

  /**
   * @param problem which setting it is, and what is wrong with it
   * @param action what to do about it
   */
  public InvalidSettingException(String problem, String action) {
    super(problem);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}

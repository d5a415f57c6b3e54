package io.millrace.scheduler.batch;

/** What people read of a failure. */
final class FailureText {

  private static final int LONGEST = 1_000;

  private FailureText() {}

  /** The failure that all others are due to: what it says, with its class if it is not ours. */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    boolean ours = root.getClass().getPackage().equals(FailureText.class.getPackage());
    return cut(ours ? message : root.getClass().getSimpleName() + ": " + message);
  }

  /** The beginning of a text. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}

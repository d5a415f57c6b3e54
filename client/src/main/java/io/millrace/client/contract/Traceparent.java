package io.millrace.client.contract;

/** The form of a {@code traceparent}, as W3C Trace Context, section 3.2, defines it. */
final class Traceparent {

  private static final int LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int PARENT_ID = 36;
  private static final int FLAGS = 53;

  private Traceparent() {}

  /** Whether {@code text} names a trace; later versions may append to the known form. */
  static boolean isValid(String text) {
    if (text.length() < LENGTH
        || text.charAt(TRACE_ID - 1) != '-'
        || text.charAt(PARENT_ID - 1) != '-'
        || text.charAt(FLAGS - 1) != '-'
        || text.startsWith("ff")) {
      return false;
    }
    boolean plain = text.length() == LENGTH;
    boolean extended =
        !text.startsWith("00") && text.length() <= 255 && isExtension(text.substring(LENGTH));
    return (plain || extended)
        && isHex(text, 0, TRACE_ID - 1)
        && isHex(text, TRACE_ID, PARENT_ID - 1)
        && isHex(text, PARENT_ID, FLAGS - 1)
        && isHex(text, FLAGS, LENGTH)
        && !isZero(text, TRACE_ID, PARENT_ID - 1)
        && !isZero(text, PARENT_ID, FLAGS - 1);
  }

  private static boolean isExtension(String rest) {
    return rest.startsWith("-") && rest.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}

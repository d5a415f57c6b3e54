package io.millrace.core;

/** Refuses configuration that is out of bounds, in words that name the key and the bounds. */
public final class Bounds {

  private Bounds() {}

  /**
   * @param key the configuration key, for the message
   * @throws IllegalArgumentException if {@code value} is not between {@code least} and {@code
   *     most}, both included
   */
  public static <T extends Comparable<? super T>> void require(
      String key, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, and must be from %s to %s".formatted(key, value, least, most));
    }
  }
}

package io.millrace.batch;

import java.math.BigDecimal;

/**
 * A sum that was found in two ways, independent of each other, after all steps of a run.
 *
 * @param name what was summed up
 */
public record ControlTotal(String name, BigDecimal expected, BigDecimal actual) {

  public static ControlTotal of(String name, long expected, long actual) {
    return new ControlTotal(name, BigDecimal.valueOf(expected), BigDecimal.valueOf(actual));
  }

  /** Whether both are the same number. */
  public boolean matches() {
    return expected.compareTo(actual) == 0;
  }
}

package io.millrace.chaos.work;

/**
 * What every calculation of a run does: {@code start + 1² + 2² + … + terms²}. The handlers add it
 * up; who checks them uses the formula, so that they share no mistake.
 */
public record Sum(long start, int terms, long millis) {

  /**
   * @param start any number
   * @param terms 0 to 100,000, so that nothing overflows
   * @param millis how long the calculation takes besides
   */
  public Sum {
    if (terms < 0 || terms > 100_000) {
      throw new IllegalArgumentException("terms is %d and has to be 0 to 100000".formatted(terms));
    }
  }

  /** The result of a calculation. */
  public record Value(long value) {}

  Value addUp() {
    long sum = start;
    for (long k = 1; k <= terms; k++) {
      sum += k * k;
    }
    return new Value(sum);
  }

  /** The same without adding up. */
  public long expected() {
    long n = terms;
    return start + n * (n + 1) * (2 * n + 1) / 6;
  }
}

package io.millrace.examples.lending;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Checks a claim for many random cases. A failure tells the seed of its case; run that one alone
 * with {@code -Dlending.seed=}.
 */
public final class SeededProperty {

  private SeededProperty() {}

  public static void check(int cases, Consumer<SplittableRandom> claim) {
    Long given = Long.getLong("lending.seed");
    if (given != null) {
      claim.accept(new SplittableRandom(given));
      return;
    }
    long first = System.nanoTime();
    System.out.println("seeds from " + first);
    for (long seed = first; seed < first + cases; seed++) {
      try {
        claim.accept(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("fails for -Dlending.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}

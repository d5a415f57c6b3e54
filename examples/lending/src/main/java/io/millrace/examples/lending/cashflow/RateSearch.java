package io.millrace.examples.lending.cashflow;

import io.millrace.examples.lending.cashflow.PresentValue.Point;
import io.millrace.handler.PermanentFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds rates at which a present value is zero, between {@value #LOWEST} and {@value #HIGHEST}.
 * Everything is in logarithms {@code ln(1 + rate)}, in which a step means the same at every rate.
 *
 * <p>A root is closed in on by Newton's method inside a bracket, with bisection where Newton would
 * leave the bracket or does not halve its step: Press et al., Numerical Recipes, section 9.4. The
 * answer is within 10^-10 of {@code 1 + rate}, relatively.
 */
final class RateSearch {

  static final double LOWEST = -0.999999;
  static final double HIGHEST = 1_000_000;

  private static final double LOW = StrictMath.log1p(LOWEST);
  private static final double HIGH = StrictMath.log1p(HIGHEST);
  private static final double TOLERANCE = 1e-12;
  private static final int MAX_ITERATIONS = 200;
  private static final int GRID = 1000;

  private final PresentValue value;

  RateSearch(PresentValue value) {
    this.value = value;
  }

  /** The only root there can be, or none. */
  List<Root> single() {
    return changesSign(LOW, HIGH) ? List.of(close(LOW, HIGH)) : List.of();
  }

  /**
   * The roots that a grid over all rates shows, in order; two between the same lines stay unseen.
   */
  List<Root> several() {
    List<Root> roots = new ArrayList<>();
    double step = (HIGH - LOW) / GRID;
    for (int i = 0; i < GRID; i++) {
      double low = LOW + i * step;
      double high = LOW + (i + 1) * step;
      if (changesSign(low, high)) {
        roots.add(close(low, high));
      }
    }
    return roots;
  }

  private boolean changesSign(double low, double high) {
    return value.at(low).value() < 0 != value.at(high).value() < 0;
  }

  private Root close(double from, double to) {
    boolean rising = value.at(from).value() < 0;
    double low = from;
    double high = to;
    double x = (low + high) / 2;
    double lastStep = high - low;
    for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
      Point point = value.at(x);
      if (point.value() < 0 == rising) {
        low = x;
      } else {
        high = x;
      }
      double newton = x - point.value() / point.slope();
      boolean trusted =
          newton >= low && newton <= high && Math.abs(newton - x) < Math.abs(lastStep) / 2;
      double next = trusted ? newton : (low + high) / 2;
      lastStep = next - x;
      x = next;
      if (Math.abs(lastStep) < TOLERANCE) {
        return new Root(StrictMath.expm1(x), iteration);
      }
    }
    throw new PermanentFailure(
        "The search for the rate did not end within %s steps; it got to a rate of %s."
            .formatted(MAX_ITERATIONS, StrictMath.expm1(x)));
  }

  record Root(double rate, int iterations) {}
}

package io.millrace.examples.lending.cashflow;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.joining;

import io.millrace.examples.lending.cashflow.RateSearch.Root;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Computes the internal rate of return of irregular cash flows, as Excel's XIRR does: the effective
 * rate a year, Actual/365 (Fixed), at which all flows together are worth nothing.
 *
 * <p>A rate is no sum of money, so this is binary floating point, with the exponentials of {@link
 * StrictMath}: the same result on every machine.
 */
@Handles(value = "cashflow.xirr", schema = "cashflow.xirr.v1.schema.json")
public final class Xirr implements Calculation<CashFlows, XirrResult> {

  private static final int DECIMALS = 10;

  @Override
  public XirrResult calculate(CashFlows input, JobContext job) {
    PresentValue value = PresentValue.of(input.flows());
    if (value.days() < 2) {
      throw new PermanentFailure(
          "All cash flows fall on %s; a rate of return needs at least two days."
              .formatted(input.flows().getFirst().date()));
    }
    int signChanges = value.signChanges();
    if (signChanges == 0) {
      throw new PermanentFailure(
          "The cash flows, added up by day, never change sign; a rate of return needs money that"
              + " goes out and money that comes in.");
    }
    RateSearch search = new RateSearch(value);
    List<Root> roots = signChanges == 1 ? search.single() : search.several();
    if (roots.size() > 1) {
      job.log().atDebug().addKeyValue("rates", roots.size()).log("several rates fit");
    }
    return result(roots, signChanges);
  }

  /** With one change of sign there is at most one root: Descartes' rule, which Pólya extended. */
  private static XirrResult result(List<Root> roots, int signChanges) {
    Root nearest =
        roots.stream()
            .min(comparingDouble(root -> Math.abs(StrictMath.log1p(root.rate()))))
            .orElseThrow(() -> notFound(signChanges));
    return new XirrResult(decimal(nearest), nearest.iterations(), warnings(roots, signChanges));
  }

  private static List<String> warnings(List<Root> roots, int signChanges) {
    if (signChanges == 1) {
      return List.of();
    }
    String found = roots.stream().map(root -> decimal(root).toPlainString()).collect(joining(", "));
    return List.of(
        "The cash flows change sign %s times, so that several rates may fit; found: %s. The rate is the one nearest to zero."
            .formatted(signChanges, found));
  }

  private static PermanentFailure notFound(int signChanges) {
    return new PermanentFailure(
        "No rate between %s and %s makes the cash flows worth nothing; they change sign %s times."
            .formatted(RateSearch.LOWEST, RateSearch.HIGHEST, signChanges));
  }

  private static BigDecimal decimal(Root root) {
    return new BigDecimal(root.rate()).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}

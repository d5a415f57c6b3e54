package io.millrace.examples.lending.cashflow;

import java.util.List;
import java.util.Objects;

/**
 * The cash flows of an investment or a loan.
 *
 * @param flows 2 to 10,000, in any order; those of one day add up
 */
public record CashFlows(List<CashFlow> flows) {

  private static final int MAX_FLOWS = 10_000;

  /**
   * Takes cash flows within the bounds.
   *
   * @throws IllegalArgumentException if they are not; the message says why
   */
  public CashFlows {
    flows = Objects.requireNonNullElse(flows, List.of());
    if (flows.size() < 2 || flows.size() > MAX_FLOWS) {
      throw new IllegalArgumentException(
          "flows must be 2 to %s, but are %s".formatted(MAX_FLOWS, flows.size()));
    }
    if (flows.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("flows hold a null; each is a date and an amount");
    }
    flows = List.copyOf(flows);
  }
}

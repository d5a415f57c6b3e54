package io.millrace.examples.lending.book;

import io.millrace.examples.lending.amortization.Frequency;
import io.millrace.examples.lending.amortization.Repayment;

/** What the bank sells, with figures of plausible size. */
enum Product {
  CONSUMER(40, range(1_000, 30_000, 250), range(12, 60, 6), range(490, 1_390, 10)),
  CAR(30, range(8_000, 60_000, 500), range(36, 72, 12), range(290, 890, 5)),
  MORTGAGE(12, range(100_000, 800_000, 1_000), range(180, 360, 60), range(190, 590, 5)),
  /** Pays interest alone and all of the principal at the end. */
  BRIDGE(8, range(50_000, 500_000, 1_000), range(6, 36, 6), range(390, 790, 10)),
  /** Quarterly, in equal parts of the principal. */
  BUSINESS(10, range(20_000, 2_000_000, 5_000), range(12, 60, 4), range(290, 890, 5));

  /** Of a hundred loans, how many are of this kind. */
  private final int share;

  private final Range principal;
  private final Range instalments;
  private final Range basisPoints;

  Product(int share, Range principal, Range instalments, Range basisPoints) {
    this.share = share;
    this.principal = principal;
    this.instalments = instalments;
    this.basisPoints = basisPoints;
  }

  static Product pick(SplitMix64 random) {
    int place = random.below(100);
    for (Product product : values()) {
      place -= product.share;
      if (place < 0) {
        return product;
      }
    }
    throw new IllegalStateException("the shares of the products do not make 100");
  }

  int principal(SplitMix64 random) {
    return principal.pick(random);
  }

  int instalments(SplitMix64 random) {
    return instalments.pick(random);
  }

  int basisPoints(SplitMix64 random) {
    return basisPoints.pick(random);
  }

  Frequency frequency() {
    return this == BUSINESS ? Frequency.QUARTERLY : Frequency.MONTHLY;
  }

  Repayment repayment() {
    return this == BUSINESS ? Repayment.EQUAL_PRINCIPAL : Repayment.ANNUITY;
  }

  int interestOnly(int instalments, SplitMix64 random) {
    return switch (this) {
      case BRIDGE -> instalments - 1;
      case MORTGAGE -> random.percent(10) ? 12 * (1 + random.below(5)) : 0;
      case CONSUMER, CAR, BUSINESS -> 0;
    };
  }

  private static Range range(int from, int to, int step) {
    return new Range(from, to, step);
  }

  private record Range(int from, int to, int step) {

    int pick(SplitMix64 random) {
      return from + step * random.below((to - from) / step + 1);
    }
  }
}

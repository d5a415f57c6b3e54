package io.millrace.examples.lending.accrual;

import io.millrace.batch.Partition;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Loans by their ids, a part of the book.
 *
 * @param first included
 * @param last included
 */
record LoanRange(long first, long last) {

  private static final String FIRST = "first";
  private static final String LAST = "last";

  /** Divides the loans from 1 to {@code last} into as many ranges, or fewer if there are few. */
  static List<LoanRange> dividing(long last, int ranges) {
    long size = Math.ceilDiv(last, ranges);
    return LongStream.iterate(1, first -> first <= last, first -> first + size)
        .mapToObj(first -> new LoanRange(first, Math.min(first + size - 1, last)))
        .toList();
  }

  static LoanRange of(Partition partition) {
    return new LoanRange(partition.number(FIRST), partition.number(LAST));
  }

  /** Those from an id on. */
  LoanRange from(long id) {
    return new LoanRange(id, last);
  }

  /** The first ones, as many as there are. */
  LoanRange first(int most) {
    return new LoanRange(first, Math.min(first + most - 1, last));
  }

  long size() {
    return last - first + 1;
  }

  /**
   * The partition that has these loans.
   *
   * @param items how many of them are to be worked on
   */
  Partition partition(long items) {
    return new Partition(
        first + "-" + last, items, Map.of(FIRST, Long.toString(first), LAST, Long.toString(last)));
  }
}

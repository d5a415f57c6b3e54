package io.millrace.examples.lending.accrual;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;

/** Reads the ids of a range, and goes on after a restart where the last chunk ended. */
final class LoanNumbers extends AbstractItemCountingItemStreamItemReader<Integer> {

  private final LoanRange range;

  LoanNumbers(LoanRange range) {
    this.range = range;
    setName("loan-numbers");
  }

  @Override
  protected @Nullable Integer doRead() {
    // The base class has counted this one already.
    long number = range.first() + getCurrentItemCount() - 1;
    return number <= range.last() ? Math.toIntExact(number) : null;
  }

  @Override
  protected void jumpToItem(int items) {
    // Each number follows from the count.
  }

  @Override
  protected void doOpen() {}

  @Override
  protected void doClose() {}
}

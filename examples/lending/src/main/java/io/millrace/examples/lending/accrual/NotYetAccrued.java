package io.millrace.examples.lending.accrual;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the loans of a range that bear interest on a day and have no accrual of it, page by page.
 * It needs to save nothing: after a restart what is left is what has no accrual.
 */
final class NotYetAccrued implements ItemReader<ActiveLoan> {

  private static final int PAGE = 2_000;

  private final AccrualStore store;
  private final LocalDate date;
  private final LoanRange range;
  private final Queue<ActiveLoan> page = new ArrayDeque<>(PAGE);

  private long after;

  NotYetAccrued(AccrualStore store, LocalDate date, LoanRange range) {
    this.store = store;
    this.date = date;
    this.range = range;
    this.after = range.first() - 1;
  }

  @Override
  public @Nullable ActiveLoan read() {
    if (page.isEmpty()) {
      page.addAll(store.notAccrued(date, after, range.last(), PAGE));
    }
    ActiveLoan next = page.poll();
    if (next != null) {
      after = next.id();
    }
    return next;
  }
}

package io.millrace.examples.lending.accrual;

import io.millrace.batch.PermanentBatchFailure;
import io.millrace.examples.lending.accrual.AccrualStore.Day;
import java.time.LocalDate;
import java.util.UUID;

/** Which day may be accrued: each once, by one run, after the one before it. */
final class AccrualDays {

  private final AccrualStore store;

  AccrualDays(AccrualStore store) {
    this.store = store;
  }

  /**
   * Begins a day, or goes on with it after a restart.
   *
   * @throws PermanentBatchFailure if it may not be accrued, or not by this run
   * @throws IllegalStateException if the day before is being accrued at the moment: try again
   */
  void begin(LocalDate date, UUID run) {
    if (!store.hasTables()) {
      throw new PermanentBatchFailure("there is no loan book: run loan-book-load first");
    }
    if (!store.begin(date, run)) {
      throw refusal(date);
    }
  }

  /** The highest id of the loans that were in the book when the day began. */
  long lastLoan(LocalDate date) {
    return store
        .day(date)
        .orElseThrow(() -> new IllegalStateException(date + " was not begun"))
        .lastLoan();
  }

  /**
   * Closes a day, so that the next one may begin.
   *
   * @throws PermanentBatchFailure if another run has taken it over
   */
  void close(LocalDate date, UUID run) {
    if (!store.close(date, run)) {
      throw new PermanentBatchFailure("another run has taken over " + date);
    }
  }

  private RuntimeException refusal(LocalDate date) {
    Day day = store.day(date).orElse(null);
    if (day != null && day.isClosed()) {
      return new PermanentBatchFailure(date + " is accrued already");
    }
    if (day != null) {
      return new PermanentBatchFailure(
          "%s is run %s's: restart that one if it has failed".formatted(date, day.run()));
    }
    Day latest = store.latestDay().orElse(null);
    if (latest == null) {
      return new PermanentBatchFailure("the loan book is not loaded: see to loan-book-load first");
    }
    if (latest.date().equals(date.minusDays(1))) {
      return new IllegalStateException(
          "run %s still accrues the day before, %s".formatted(latest.run(), latest.date()));
    }
    return latest.date().isBefore(date)
        ? new PermanentBatchFailure(
            "interest is accrued day by day, and the next one is %s, not %s"
                .formatted(latest.isClosed() ? latest.date().plusDays(1) : latest.date(), date))
        : new PermanentBatchFailure("the loan book was opened later than " + date);
  }
}

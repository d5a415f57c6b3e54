package io.millrace.examples.lending.accrual;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchJobs;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** The batches of the lender: {@code loan-book-load} and {@code interest-accrual}. */
public final class LendingBatches implements BatchJobs {

  /** More than a scheduler works at, so that several share them. */
  private static final int PARTITIONS = 16;

  @Override
  public Collection<BatchJob> jobs(DataSource database) {
    return jobs(database, PARTITIONS);
  }

  /**
   * The jobs, whose loans are divided into partitions of about the same size.
   *
   * @param partitions 1 or more
   */
  static List<BatchJob> jobs(DataSource database, int partitions) {
    return List.of(
        new LoanBookLoad(new BookStore(database), partitions).job(),
        new InterestAccrual(
                new AccrualStore(database),
                new MonthEndStore(database),
                new AccrualTotals(database),
                partitions)
            .job());
  }
}

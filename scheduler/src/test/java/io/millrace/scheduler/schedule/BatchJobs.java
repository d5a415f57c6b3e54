package io.millrace.scheduler.schedule;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Batch jobs that no engine has, so that the test decides how far their runs are. */
final class BatchJobs {

  private BatchJobs() {}

  /** {@code accrual} needs a date. */
  static void accrual(JdbcClient jdbc) {
    jdbc.sql(
            """
            INSERT INTO batch_job VALUES ('accrual', 'Accrues.', false, '{date}', '{DATE}', '{The day.}', ARRAY[NULL::text], now())
            """)
        .update();
  }
}

package io.millrace.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How often the table of jobs was read, by the statistics of the database.
 *
 * @param wholeTable scans of all of it
 * @param rowsByIndex rows that were read by way of an index
 */
record JobReads(long wholeTable, long rowsByIndex) {

  /** What the connection of {@code jdbc} has read is counted in. */
  static JobReads untilNow(JdbcClient jdbc) {
    jdbc.sql("SELECT pg_stat_force_next_flush()").query(row -> {});
    jdbc.sql("SELECT pg_stat_clear_snapshot()").query(row -> {});
    return jdbc.sql("SELECT seq_scan, idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'job'")
        .query((row, _) -> new JobReads(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** Since these reads, the table was not read as a whole, and fewer rows than {@code limit}. */
  void assertFewSince(JdbcClient jdbc, long limit) {
    JobReads now = untilNow(jdbc);
    assertThat(now.wholeTable() - wholeTable).as("scans of the table").isZero();
    assertThat(now.rowsByIndex() - rowsByIndex).as("rows read").isLessThan(limit);
  }
}

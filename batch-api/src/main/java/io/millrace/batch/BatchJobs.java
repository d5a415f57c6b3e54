package io.millrace.batch;

import java.util.Collection;
import javax.sql.DataSource;

/**
 * Finds batch jobs. A jar in the folder {@code millrace.plugins} names its implementation in {@code
 * META-INF/services/io.millrace.batch.BatchJobs}; it has a public constructor without parameters.
 */
public interface BatchJobs {

  /**
   * The jobs, of different names.
   *
   * @param database of the engine. Within a chunk or a step of a task its connections, taken by
   *     Spring's {@code JdbcClient}, {@code JdbcTemplate} or {@code DataSourceUtils}, are part of
   *     the transaction that saves how far the run has come
   */
  Collection<BatchJob> jobs(DataSource database);
}

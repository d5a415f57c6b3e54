package io.millrace.core.batch;

import io.millrace.batch.ControlTotal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The runs of batch jobs. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface BatchRunStore {

  /** The jobs that schedulers have, by name. */
  List<KnownBatchJob> jobs();

  /**
   * Requests a run. Two requests for the same job and parameters at once make one run.
   *
   * @param given without what has a default value; a day may be {@code today} or {@code yesterday}
   * @param today where whoever asks is
   * @param by a schedule, or whoever else
   */
  BatchRequest request(String job, Map<String, String> given, LocalDate today, String by);

  /** Stops a run at the end of the chunk, or at once if it does not run. */
  BatchChange stop(UUID run);

  /** Begins a run again, where it was, that has stopped or failed. */
  BatchChange restart(UUID run);

  /** Gives up a run that has stopped or failed, so that another one may do its work anew. */
  BatchChange abandon(UUID run);

  Optional<BatchRun> find(UUID run);

  /**
   * The latest runs, the newest first.
   *
   * @param job of all jobs if it is empty
   * @param most 1 or more
   */
  List<BatchRun> latest(Optional<String> job, int most);

  /** The partitions of a run, in the order of their steps. */
  List<BatchPartition> partitions(UUID run);

  /**
   * What a run has left out, in order.
   *
   * @param most 1 or more
   */
  List<SkippedItem> skipped(UUID run, int most);

  /** What was added up at the end of a run; nothing if it has not come so far. */
  List<ControlTotal> totals(UUID run);
}

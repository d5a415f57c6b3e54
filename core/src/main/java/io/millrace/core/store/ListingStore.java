package io.millrace.core.store;

import io.millrace.client.contract.JobType;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.job.JobState;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as people look for them. It locks nothing. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class ListingStore {

  private static final String COLUMNS =
      """
      SELECT id, tenant, type, message_id, lane, state, wait_reason, due_at, attempt, owner, deadline,
        created_at, queued_at, started_at, finished_at, failures, crashes, first_failure_at, failure_class, failure_message
      FROM job
      """;

  // No lock: job_open, backwards. A type or a tenant is looked for in the index itself.
  static final String OPEN =
      COLUMNS
          + """
          WHERE finished_at IS NULL AND state = :state AND {scope}
            AND (created_at, id) < (:at, :id)
            AND (:tenant::text IS NULL OR tenant = :tenant::text) AND (:type::text IS NULL OR type = :type::text)
          ORDER BY created_at DESC, id DESC LIMIT :most
          """;

  // No lock: job_failed, in the same way, where nothing is that was erased.
  private static final String FAILED =
      COLUMNS
          + """
          WHERE state = 'FAILED' AND failure_message IS NOT NULL AND state = :state AND {scope}
            AND (finished_at, id) < (:at, :id)
            AND (:tenant::text IS NULL OR tenant = :tenant::text) AND (:type::text IS NULL OR type = :type::text)
          ORDER BY finished_at DESC, id DESC LIMIT :most
          """;

  /** Before every job; the driver writes the time as {@code infinity}. */
  private static final OffsetDateTime NEWEST = OffsetDateTime.MAX;

  private static final UUID LAST = new UUID(-1, -1);

  private final ScopedJdbc jdbc;

  public ListingStore(ScopedJdbc jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The newest jobs of a listing: those that arrived last or, of failed ones, that ended last. Read
   * on from the position of the last one, and every job that stays in the state comes once,
   * whatever else comes and goes meanwhile.
   *
   * @param scope whose jobs are found at all
   * @param after where to begin, exclusively; null to begin with the newest of all
   * @param most how many; at least 1
   */
  public List<ListedJob> newest(
      Scope scope, Listing listing, ListedJob.@Nullable Position after, int most) {
    JobType type = listing.type();
    return jdbc.sql(scope, listing.state() == JobState.FAILED ? FAILED : OPEN)
        .param("state", listing.state().name())
        .param("tenant", listing.tenant())
        .param("type", type == null ? null : type.name())
        .param("at", after == null ? NEWEST : after.at().atOffset(ZoneOffset.UTC))
        .param("id", after == null ? LAST : after.id().value())
        .param("most", most)
        .query(JobRows::listedJob)
        .list();
  }
}

package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.job.JobState;
import io.millrace.core.store.ListedJob.Position;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks for jobs by whatever is known of them. What stands failed is found by its index. Everything
 * else is found by time: a coarse index says where in the table the jobs of some time are, and the
 * look goes back from stretch to stretch until the page is full or its time is over. So a page may
 * have fewer jobs than there is room for, even none, and yet another may follow. It locks nothing.
 * Safe for use by many threads.
 */
public final class JobSearch {

  private static final String COLUMNS =
      """
      SELECT job.id, job.tenant, job.type, job.message_id, job.lane, job.state, job.wait_reason, job.due_at, job.attempt, job.owner,
        job.deadline, job.created_at, job.queued_at, job.started_at, job.finished_at, job.failures, job.crashes, job.first_failure_at,
        job.failure_class, job.failure_message
      FROM job
      """;

  // For this transaction: the indexes by time are coarse, and by its estimates the planner may take
  // the whole table for cheaper.
  private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true)";

  // No lock: job_failed, backwards. Type, tenant and group are looked for in the index itself.
  private static final String FAILED =
      COLUMNS
          + "WHERE {scope:job} AND "
          + FailedJobs.CONDITION
          + """
            AND (job.finished_at, job.id) < (:at, :id)
            AND (:subject::text IS NULL OR job.subject = :subject::text)
            AND (:createdFrom::timestamptz IS NULL OR job.created_at >= :createdFrom::timestamptz)
            AND (:createdTo::timestamptz IS NULL OR job.created_at < :createdTo::timestamptz)
          ORDER BY job.finished_at DESC, job.id DESC LIMIT :most
          """;

  private static final String OTHERS =
      """
        AND (:state::text IS NULL OR job.state = :state::text)
        AND (:tenant::text IS NULL OR job.tenant = :tenant::text) AND (:type::text IS NULL OR job.type = :type::text)
        AND (:subject::text IS NULL OR job.subject = :subject::text)
      """;

  // No lock: job_created.
  private static final String CREATED =
      COLUMNS
          + """
          WHERE {scope:job} AND job.created_at >= :low AND job.created_at <= :high AND (job.created_at, job.id) < (:at, :id)
          """
          + OTHERS
          + "ORDER BY job.created_at DESC, job.id DESC LIMIT :most";

  // No lock: job_ended.
  private static final String FINISHED =
      COLUMNS
          + """
          WHERE {scope:job} AND job.finished_at >= :low AND job.finished_at <= :high AND (job.finished_at, job.id) < (:at, :id)
            AND (:createdFrom::timestamptz IS NULL OR job.created_at >= :createdFrom::timestamptz)
            AND (:createdTo::timestamptz IS NULL OR job.created_at < :createdTo::timestamptz)
          """
          + OTHERS
          + "ORDER BY job.finished_at DESC, job.id DESC LIMIT :most";

  /** The first stretch; each next one is longer by {@link #GROWTH} while looks are quick. */
  private static final Duration FIRST_STRETCH = Duration.ofMinutes(1);

  private static final int GROWTH = 4;
  private static final Duration QUICK = Duration.ofMillis(50);

  /** After that much time a page is handed out as it is. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private static final Duration AHEAD = Duration.ofDays(1);

  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);

  private final JdbcClient jdbc;
  private final ScopedJdbc scoped;
  private final TransactionOperations transaction;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * @param nanos a time that never goes back, in nanoseconds
   */
  public JobSearch(
      JdbcClient jdbc, TransactionOperations transaction, InstantSource clock, LongSupplier nanos) {
    this.jdbc = jdbc;
    this.scoped = new ScopedJdbc(jdbc);
    this.transaction = transaction;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * A page.
   *
   * @param next from where to look on; null if nothing is left
   */
  public record Page(List<ListedJob> jobs, @Nullable Position next) {}

  /**
   * The newest jobs that are meant.
   *
   * @param after where to begin, exclusively; null to begin with the newest of all
   * @param most how many; at least 1
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   */
  public Page find(Scope scope, JobQuery query, @Nullable Position after, int most) {
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              jdbc.sql(BY_INDEX).query(String.class).single();
              return query.isFoundAmongFailures()
                  ? failed(scope, query, after, most)
                  : byTime(scope, query, after, most);
            }));
  }

  private Page failed(Scope scope, JobQuery query, @Nullable Position after, int most) {
    FailedJobs jobs =
        new FailedJobs(
            null,
            query.group(),
            query.tenant(),
            query.type(),
            query.failureText(),
            query.finished().from(),
            query.finished().to());
    List<ListedJob> found =
        createdWithin(jobs.bind(scoped.sql(scope, FAILED)), query)
            .param("at", after == null ? OffsetDateTime.MAX : at(after.at()))
            .param("id", after == null ? LAST : after.id().value())
            .param("subject", query.subject())
            .param("most", most + 1)
            .query(JobRows::listedJob)
            .list();
    return page(found, most, ListedJob::position);
  }

  private Page byTime(Scope scope, JobQuery query, @Nullable Position after, int most) {
    boolean byEnd = query.order() == JobQuery.Order.FINISHED;
    JobQuery.Span span = byEnd ? query.finished() : query.created();
    Instant low = span.from() == null ? Instant.EPOCH : span.from();
    Position place = after == null ? new Position(end(span), new JobId(FIRST)) : after;
    long begun = nanos.getAsLong();
    Duration stretch = FIRST_STRETCH;
    List<ListedJob> found = new ArrayList<>();
    while (found.size() <= most) {
      Instant from = later(low, place.at().minus(stretch));
      long look = nanos.getAsLong();
      found.addAll(look(scope, query, from, place, most + 1 - found.size()));
      if (!from.isAfter(low)) {
        return page(found, most, job -> position(job, byEnd));
      }
      place = new Position(from, new JobId(FIRST)); // before all that came at that time
      long now = nanos.getAsLong();
      if (now - begun > PATIENCE.toNanos() && found.size() <= most) {
        return new Page(List.copyOf(found), place);
      }
      stretch = now - look < QUICK.toNanos() ? stretch.multipliedBy(GROWTH) : stretch;
    }
    return page(found, most, job -> position(job, byEnd));
  }

  private List<ListedJob> look(
      Scope scope, JobQuery query, Instant from, Position before, int most) {
    boolean byEnd = query.order() == JobQuery.Order.FINISHED;
    JobState state = query.state();
    JobType type = query.type();
    StatementSpec statement =
        scoped
            .sql(scope, byEnd ? FINISHED : CREATED)
            .param("low", at(from))
            .param("high", at(before.at()))
            .param("at", at(before.at()))
            .param("id", before.id().value())
            .param("state", state == null ? null : state.name())
            .param("tenant", query.tenant())
            .param("type", type == null ? null : type.name())
            .param("subject", query.subject())
            .param("most", most);
    return (byEnd ? createdWithin(statement, query) : statement).query(JobRows::listedJob).list();
  }

  private static StatementSpec createdWithin(StatementSpec statement, JobQuery query) {
    Instant from = query.created().from();
    Instant to = query.created().to();
    return statement
        .param("createdFrom", from == null ? null : at(from), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("createdTo", to == null ? null : at(to), Types.TIMESTAMP_WITH_TIMEZONE);
  }

  /** Clocks of workers may be ahead. */
  private Instant end(JobQuery.Span span) {
    Instant soon = clock.instant().plus(AHEAD);
    Instant to = span.to();
    return to == null || to.isAfter(soon) ? soon : to;
  }

  private static Page page(
      List<ListedJob> found, int most, Function<ListedJob, Position> position) {
    List<ListedJob> shown = List.copyOf(found.subList(0, Math.min(most, found.size())));
    return new Page(shown, found.size() > most ? position.apply(shown.getLast()) : null);
  }

  private static Position position(ListedJob job, boolean byEnd) {
    return byEnd ? job.position() : new Position(job.times().createdAt(), job.id());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

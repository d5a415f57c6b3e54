package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.failure.FailureGroup;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.lease.OwnerEnd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs as columns, and rows as jobs. */
final class JobRows {

  /** What stands for a message that was. */
  private static final String ERASED = "erased";

  private JobRows() {}

  static Map<String, Object> toInsert(
      Collection<Job> jobs, Collection<@Nullable FailureGroup> groups) {
    Map<String, Object> columns = HashMap.newHashMap(31);
    columns.put("id", Columns.texts(jobs, Job::id));
    columns.put("tenant", Columns.texts(jobs, job -> job.order().tenant()));
    columns.put("type", Columns.texts(jobs, job -> job.order().type()));
    columns.put("messageId", Columns.texts(jobs, job -> job.order().messageId()));
    columns.put("lane", Columns.texts(jobs, job -> job.order().options().lane()));
    columns.put("payload", Columns.bytes(jobs, job -> job.order().payload()));
    columns.put("fingerprint", Columns.texts(jobs, job -> job.order().fingerprint()));
    columns.put("deadline", Columns.micros(jobs, job -> job.order().options().deadline()));
    columns.put("uniqueKey", Columns.texts(jobs, job -> job.order().options().uniqueKey()));
    columns.put(
        "concurrencyKey", Columns.texts(jobs, job -> job.order().options().concurrencyKey()));
    columns.put("subject", Columns.texts(jobs, job -> job.order().options().subject()));
    columns.put("replyTo", Columns.texts(jobs, job -> job.order().options().replyTo()));
    columns.put("correlationId", Columns.texts(jobs, job -> job.order().options().correlationId()));
    columns.put("traceparent", Columns.texts(jobs, job -> job.order().options().traceparent()));
    columns.put("source", Columns.texts(jobs, job -> job.order().options().source()));
    columns.put("createdAt", Columns.micros(jobs, job -> job.times().createdAt()));
    columns.put("startedAt", Columns.micros(jobs, job -> job.times().startedAt()));
    columns.put("finishedAt", Columns.micros(jobs, job -> job.times().finishedAt()));
    putStanding(columns, jobs, Job::standing);
    putEnding(columns, jobs, Job::ending);
    putGroups(columns, groups);
    putSetbacks(columns, jobs, Job::setbacks);
    return columns;
  }

  static Map<String, Object> toChange(
      Collection<JobChange> changes, Collection<@Nullable FailureGroup> groups) {
    Map<String, Object> columns = HashMap.newHashMap(20);
    columns.put("id", Columns.texts(changes, JobChange::id));
    columns.put("fromState", Columns.texts(changes, change -> change.from().state()));
    columns.put("fromAttempt", Columns.integers(changes, change -> change.from().attempt()));
    columns.put("fromOwner", Columns.texts(changes, change -> change.from().owner()));
    columns.put("startedAt", Columns.micros(changes, JobChange::startedAt));
    columns.put("finishedAt", Columns.micros(changes, JobChange::finishedAt));
    putStanding(columns, changes, JobChange::to);
    putEnding(columns, changes, JobChange::ending);
    putGroups(columns, groups);
    putSetbacks(columns, changes, JobChange::setbacks);
    columns.put("announceDue", Columns.booleans(changes, JobChange::announceDue));
    return columns;
  }

  static Map<String, Object> toReport(Collection<JobProgress> progress) {
    return Map.of(
        "id", Columns.texts(progress, JobProgress::id),
        "owner", Columns.texts(progress, each -> each.token().worker()),
        "attempt", Columns.integers(progress, each -> each.token().attempt()),
        "progress", progress.stream().map(JobProgress::done).toArray(Double[]::new),
        "note", Columns.texts(progress, each -> each.note().replace('\0', '\uFFFD')));
  }

  static Map<String, Object> toNote(Collection<Parking> jobs) {
    return Map.of(
        "id", Columns.texts(jobs, Parking::job),
        "owner", Columns.texts(jobs, each -> each.token().worker()),
        "attempt", Columns.integers(jobs, each -> each.token().attempt()),
        "dependency", Columns.texts(jobs, Parking::dependency));
  }

  static JobProgress progress(ResultSet row, int number) throws SQLException {
    return new JobProgress(
        id(row, number),
        new LeaseToken(row.getObject("owner", UUID.class), row.getInt("attempt")),
        row.getDouble("progress"),
        row.getString("progress_note"));
  }

  static Map<String, Object> toFindHolders(Collection<Job> jobs) {
    return Map.of(
        "id", Columns.texts(jobs, Job::id),
        "tenant", Columns.texts(jobs, job -> job.order().tenant()),
        "type", Columns.texts(jobs, job -> job.order().type()),
        "uniqueKey", Columns.texts(jobs, job -> job.order().options().uniqueKey()));
  }

  static Map<String, Object> toInsertAttempts(Collection<AttemptFailure> failures) {
    Map<String, Object> columns = HashMap.newHashMap(9);
    columns.put("job", Columns.texts(failures, AttemptFailure::job));
    columns.put("attempt", Columns.integers(failures, AttemptFailure::attempt));
    columns.put("worker", Columns.texts(failures, AttemptFailure::worker));
    columns.put("startedAt", Columns.micros(failures, AttemptFailure::startedAt));
    columns.put("failedAt", Columns.micros(failures, AttemptFailure::failedAt));
    columns.put("failureClass", Columns.texts(failures, failure -> failure.failure().kind()));
    columns.put("failureMessage", Columns.texts(failures, failure -> failure.failure().message()));
    columns.put("failureCause", Columns.texts(failures, failure -> failure.failure().cause()));
    columns.put("call", Columns.texts(failures, AttemptFailure::call));
    return columns;
  }

  private static <T> void putStanding(
      Map<String, Object> columns, Collection<T> rows, Function<T, Standing> standing) {
    columns.put("state", Columns.texts(rows, row -> standing.apply(row).state()));
    columns.put("waitReason", Columns.texts(rows, row -> standing.apply(row).waitReason()));
    columns.put("dueAt", Columns.micros(rows, row -> standing.apply(row).dueAt()));
    columns.put("attempt", Columns.integers(rows, row -> standing.apply(row).attempt()));
    columns.put("owner", Columns.texts(rows, row -> standing.apply(row).owner()));
  }

  private static <T> void putEnding(
      Map<String, Object> columns, Collection<T> rows, Function<T, Job.Ending> ending) {
    columns.put("result", Columns.bytes(rows, row -> ending.apply(row).result()));
    columns.put("failureClass", Columns.texts(rows, row -> kindOf(ending.apply(row).failure())));
    columns.put(
        "failureMessage", Columns.texts(rows, row -> messageOf(ending.apply(row).failure())));
    columns.put("duplicateOf", Columns.texts(rows, row -> ending.apply(row).duplicateOf()));
  }

  private static void putGroups(
      Map<String, Object> columns, Collection<@Nullable FailureGroup> groups) {
    columns.put(
        "failureGroup",
        groups.stream().map(group -> group == null ? null : group.id()).toArray(Long[]::new));
  }

  private static <T> void putSetbacks(
      Map<String, Object> columns, Collection<T> rows, Function<T, Setbacks> setbacks) {
    columns.put("failures", Columns.integers(rows, row -> setbacks.apply(row).failures()));
    columns.put("crashes", Columns.integers(rows, row -> setbacks.apply(row).crashes()));
    columns.put(
        "firstFailureAt", Columns.micros(rows, row -> setbacks.apply(row).firstFailureAt()));
  }

  static JobId id(ResultSet row, int number) throws SQLException {
    return new JobId(row.getObject("id", UUID.class));
  }

  /** The only column. */
  static String text(ResultSet row, int number) throws SQLException {
    return row.getString(1);
  }

  static LockedJob lockedJob(ResultSet row, int number) throws SQLException {
    String end = row.getString("owner_end");
    return new LockedJob(
        job(row, number), end == null ? null : OwnerEnd.valueOf(end), row.getBoolean("alone"));
  }

  static Job job(ResultSet row, int number) throws SQLException {
    return new Job(
        id(row, number),
        new Job.Order(
            row.getString("tenant"),
            new JobType(row.getString("type")),
            row.getString("message_id"),
            options(row),
            row.getBytes("payload"),
            row.getObject("fingerprint", UUID.class)),
        standing(row),
        times(row),
        setbacks(row),
        ending(row));
  }

  static ListedJob listedJob(ResultSet row, int number) throws SQLException {
    return new ListedJob(
        id(row, number),
        new ListedJob.Name(
            row.getString("tenant"),
            new JobType(row.getString("type")),
            row.getString("message_id"),
            Lane.valueOf(row.getString("lane"))),
        standing(row),
        times(row),
        instant(row, "deadline"),
        setbacks(row),
        failure(row));
  }

  static JobHead head(ResultSet row, int number) throws SQLException {
    return new JobHead(
        id(row, number),
        row.getString("tenant"),
        new JobType(row.getString("type")),
        standing(row),
        row.getString("concurrency_key"),
        instant(row, "deadline"),
        instant(row, "started_at"),
        setbacks(row));
  }

  static OrphanedJob orphan(ResultSet row, int number) throws SQLException {
    return new OrphanedJob(
        head(row, number), OwnerEnd.valueOf(row.getString("owner_end")), row.getBoolean("alone"));
  }

  static AttemptFailure attempt(ResultSet row, int number) throws SQLException {
    return new AttemptFailure(
        new JobId(row.getObject("job_id", UUID.class)),
        row.getInt("attempt"),
        row.getObject("worker", UUID.class),
        present(instant(row, "started_at")),
        present(instant(row, "failed_at")),
        new Failure(
            row.getString("failure_class"),
            row.getString("failure_message"),
            row.getString("failure_cause")),
        row.getString("call"));
  }

  private static JobOptions options(ResultSet row) throws SQLException {
    return new JobOptions(
        Lane.valueOf(row.getString("lane")),
        null,
        instant(row, "deadline"),
        row.getString("unique_key"),
        row.getString("concurrency_key"),
        row.getString("subject"),
        row.getString("reply_to"),
        row.getString("correlation_id"),
        row.getString("traceparent"),
        row.getString("source"));
  }

  private static Standing standing(ResultSet row) throws SQLException {
    String waitReason = row.getString("wait_reason");
    return new Standing(
        JobState.valueOf(row.getString("state")),
        waitReason == null ? null : WaitReason.valueOf(waitReason),
        instant(row, "due_at"),
        row.getInt("attempt"),
        row.getObject("owner", UUID.class));
  }

  private static Setbacks setbacks(ResultSet row) throws SQLException {
    return new Setbacks(
        row.getInt("failures"), row.getInt("crashes"), instant(row, "first_failure_at"));
  }

  private static Job.Times times(ResultSet row) throws SQLException {
    return new Job.Times(
        present(instant(row, "created_at")),
        instant(row, "queued_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private static Job.Ending ending(ResultSet row) throws SQLException {
    UUID duplicateOf = row.getObject("duplicate_of", UUID.class);
    return new Job.Ending(
        row.getBytes("result"),
        instant(row, "result_dropped_at"),
        failure(row),
        duplicateOf == null ? null : new JobId(duplicateOf),
        instant(row, "erased_at"));
  }

  private static @Nullable Failure failure(ResultSet row) throws SQLException {
    String kind = row.getString("failure_class");
    String message = row.getString("failure_message");
    return kind == null ? null : new Failure(kind, message == null ? ERASED : message, null);
  }

  private static @Nullable String kindOf(@Nullable Failure failure) {
    return failure == null ? null : failure.kind();
  }

  private static @Nullable String messageOf(@Nullable Failure failure) {
    return failure == null ? null : failure.message();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static Instant present(@Nullable Instant instant) {
    if (instant == null) {
      throw new IllegalStateException("a column that is NOT NULL is null");
    }
    return instant;
  }
}

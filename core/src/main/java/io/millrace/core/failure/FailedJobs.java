package io.millrace.core.failure;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Which of the failed jobs are meant: those that are all of this, where null says nothing.
 *
 * @param ids one of these
 * @param group in this group
 * @param tenant of this tenant
 * @param type of this type
 * @param text in a group whose class or words contain this, whatever the case
 * @param from that failed then or later
 * @param to that failed before then
 */
public record FailedJobs(
    @Nullable List<JobId> ids,
    @Nullable GroupId group,
    @Nullable String tenant,
    @Nullable JobType type,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** All of them. */
  public static final FailedJobs ALL = new FailedJobs(null, null, null, null, null, null, null);

  /**
   * The condition that rows of {@code job} are meant, for the parameters of {@link #bind}. By index
   * job_failed; whose rows they may be is not in it.
   */
  public static final String CONDITION =
      """
      job.state = 'FAILED' AND job.failure_message IS NOT NULL
        AND (:ids::uuid[] IS NULL OR job.id = ANY (:ids::uuid[]))
        AND (:group::bigint IS NULL OR job.failure_group = :group::bigint) AND (NOT :ungrouped OR job.failure_group IS NULL)
        AND (:tenant::text IS NULL OR job.tenant = :tenant::text) AND (:type::text IS NULL OR job.type = :type::text)
        AND (:text::text IS NULL OR job.failure_group IN (
          SELECT named.id FROM failure_group named
          WHERE lower(named.message) LIKE :text::text OR lower(named.kind) LIKE :text::text))
        AND (:from::timestamptz IS NULL OR job.finished_at >= :from::timestamptz)
        AND (:to::timestamptz IS NULL OR job.finished_at < :to::timestamptz)
      """;

  private static final Comparator<JobId> BY_ID = Comparator.comparing(JobId::value);

  public FailedJobs {
    ids = ids == null ? null : ids.stream().distinct().sorted(BY_ID).toList();
  }

  /** Those in one group. */
  public static FailedJobs in(GroupId group) {
    return new FailedJobs(null, group, null, null, null, null, null);
  }

  /** Binds the parameters of {@link #CONDITION}. */
  public StatementSpec bind(StatementSpec statement) {
    return statement
        .param(
            "ids",
            ids == null ? null : ids.stream().map(JobId::value).toArray(UUID[]::new),
            Types.ARRAY)
        .param("group", group == null ? null : group.hash(), Types.BIGINT)
        .param("ungrouped", GroupId.UNGROUPED.equals(group))
        .param("tenant", tenant)
        .param("type", type == null ? null : type.name())
        .param("text", text == null ? null : pattern(text))
        .param("from", at(from), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("to", at(to), Types.TIMESTAMP_WITH_TIMEZONE);
  }

  private static String pattern(String text) {
    String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return "%" + literal.toLowerCase(Locale.ROOT) + "%";
  }

  private static @Nullable Object at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

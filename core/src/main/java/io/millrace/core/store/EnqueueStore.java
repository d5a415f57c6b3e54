package io.millrace.core.store;

import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records jobs that come without a message, by {@code enqueue_job}, which migration V4 explains. It
 * joins the transaction at hand. Safe for use by many threads.
 */
public final class EnqueueStore {

  private static final String MESSAGE_ID_REUSED = "MR001";
  private static final String AGAINST_THE_RULES = "MR002";

  // Locks the new row's primary key and its unique key until the transaction ends.
  private static final String ENQUEUE =
      """
      SELECT enqueue_job(
        tenant => :tenant, type => :type, message_id => :messageId, payload => :payload, lane => :lane, due_at => :dueAt,
        deadline => :deadline, unique_key => :uniqueKey, concurrency_key => :concurrencyKey, subject => :subject,
        source => :source)
      """;

  private final JdbcClient jdbc;

  public EnqueueStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What came of it. */
  public sealed interface Result {

    /** It is recorded, and the dispatcher is told once the transaction has committed. */
    record New() implements Result {}

    /** The tenant has had this message id before, with the same type and payload. */
    record Known() implements Result {}

    /** With another type or payload; the transaction can only be rolled back. */
    record Taken() implements Result {}

    /** It breaks a rule, in words; the transaction can only be rolled back. */
    record Refused(String why) implements Result {}
  }

  /**
   * Records a job.
   *
   * @param options of which it heeds lane, times, keys, subject and source
   * @throws DataAccessException if the database does not answer or refuses
   */
  public Result enqueue(
      String tenant, JobType type, String messageId, byte[] payload, JobOptions options) {
    try {
      return Boolean.TRUE.equals(
              jdbc.sql(ENQUEUE)
                  .param("tenant", tenant)
                  .param("type", type.name())
                  .param("messageId", messageId)
                  .param("payload", payload)
                  .param("lane", options.lane().name())
                  .param("dueAt", at(options.notBefore()), Types.TIMESTAMP_WITH_TIMEZONE)
                  .param("deadline", at(options.deadline()), Types.TIMESTAMP_WITH_TIMEZONE)
                  .param("uniqueKey", options.uniqueKey(), Types.VARCHAR)
                  .param("concurrencyKey", options.concurrencyKey(), Types.VARCHAR)
                  .param("subject", options.subject(), Types.VARCHAR)
                  .param("source", options.source(), Types.VARCHAR)
                  .query(Boolean.class)
                  .single())
          ? new Result.New()
          : new Result.Known();
    } catch (DataAccessException e) {
      if (!(e.getMostSpecificCause() instanceof SQLException refused)) {
        throw e;
      }
      return switch (String.valueOf(refused.getSQLState())) {
        case MESSAGE_ID_REUSED -> new Result.Taken();
        case AGAINST_THE_RULES -> new Result.Refused(words(refused));
        default -> throw e;
      };
    }
  }

  /** Without the severity before it and the place behind it. */
  private static String words(SQLException refused) {
    return String.valueOf(refused.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^ERROR: ", "");
  }

  private static @Nullable Object at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

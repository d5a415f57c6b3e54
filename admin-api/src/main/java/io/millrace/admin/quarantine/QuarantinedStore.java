package io.millrace.admin.quarantine;

import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The messages in quarantine, for somebody who may not see all of them. Whose a message is is known
 * by its header alone: without one it belongs to the whole system. Safe for use by many threads.
 */
final class QuarantinedStore {

  private static final String COLUMNS =
      """
      SELECT q.id, q.arrived_at, q.last_arrived_at, q.arrivals, q.reason, q.explanation, q.queue, q.exchange, q.routing_key,
        m.tenant, q.message_id, octet_length(q.body) AS size, q.resolution, q.resolved_at, q.resolved_by, q.note, q.job_id
      """;

  private static final String FROM =
      """
      FROM quarantine AS q CROSS JOIN LATERAL (SELECT q.headers ->> 'millrace-tenant' AS tenant, q.routing_key AS type) AS m
      WHERE {scope:m}
      """;

  private static final String FILTER =
      """
        AND (:reason::text IS NULL OR q.reason = :reason::text) AND (:queue::text IS NULL OR q.queue = :queue::text)
        AND (:type::text IS NULL OR q.routing_key = :type::text)
        AND (:text::text IS NULL OR position(lower(:text::text) IN lower(q.explanation)) > 0)
      """;

  // No lock: quarantine_open, backwards.
  private static final String OPEN =
      COLUMNS
          + FROM
          + """
          AND q.resolution IS NULL AND (q.arrived_at, q.id) < (:at, :id)
          """
          + FILTER
          + """
          ORDER BY q.arrived_at DESC, q.id DESC LIMIT :most
          """;

  // No lock: quarantine_resolved, backwards.
  private static final String RESOLVED =
      COLUMNS
          + FROM
          + """
          AND q.resolution IS NOT NULL AND (q.arrived_at, q.id) < (:at, :id)
          """
          + FILTER
          + """
          ORDER BY q.arrived_at DESC, q.id DESC LIMIT :most
          """;

  // No lock: quarantine_open, those that came first coming first.
  private static final String OLDEST =
      "SELECT q.id "
          + FROM
          + """
          AND q.resolution IS NULL
          """
          + FILTER
          + """
          ORDER BY q.arrived_at, q.id LIMIT :most
          """;

  // No lock: the primary key.
  private static final String FIND =
      COLUMNS
          + """
          , q.properties::text AS properties, q.headers::text AS headers, q.body
          """
          + FROM
          + """
          AND q.id = :id
          """;

  // Locks the row, by the primary key.
  private static final String LOCK = FIND + "FOR UPDATE OF q";

  // Locks the row, by the primary key.
  private static final String RESOLVE =
      """
      UPDATE quarantine AS q SET
        resolution = :resolution, resolved_at = :now, resolved_by = :by, note = :note, job_id = :job
      WHERE q.id = :id AND q.resolution IS NULL AND EXISTS (
        SELECT FROM (SELECT q.headers ->> 'millrace-tenant' AS tenant, q.routing_key AS type) AS m WHERE {scope:m})
      """;

  private static final OffsetDateTime NEWEST = OffsetDateTime.MAX;
  private static final UUID LAST = new UUID(-1, -1);

  private final ScopedJdbc jdbc;

  /**
   * Which messages.
   *
   * @param type their routing key
   * @param text in the explanation, whatever the case of its letters
   */
  record Filter(
      @Nullable String reason,
      @Nullable String queue,
      @Nullable String type,
      @Nullable String text) {}

  /** A place in the list. */
  record Position(Instant at, UUID id) {}

  QuarantinedStore(ScopedJdbc jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The newest messages.
   *
   * @param resolved whether to list those about which somebody has decided, or the others
   * @param after where to begin, exclusively; null to begin with the newest of all
   */
  List<Quarantined> newest(
      Scope scope, boolean resolved, Filter filter, @Nullable Position after, int most) {
    return filtered(jdbc.sql(scope, resolved ? RESOLVED : OPEN), filter)
        .param("at", after == null ? NEWEST : after.at().atOffset(ZoneOffset.UTC))
        .param("id", after == null ? LAST : after.id())
        .param("most", most)
        .query((row, _) -> quarantined(row))
        .list();
  }

  /** The ids of the messages that came first and about which nobody has decided. */
  List<UUID> oldest(Scope scope, Filter filter, int most) {
    return filtered(jdbc.sql(scope, OLDEST), filter)
        .param("most", most)
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  /** A message, whole. */
  Optional<QuarantinedWhole> find(Scope scope, UUID id) {
    return whole(scope, FIND, id);
  }

  /** The same, which nobody else decides about until the transaction ends. */
  Optional<QuarantinedWhole> lock(Scope scope, UUID id) {
    return whole(scope, LOCK, id);
  }

  /**
   * Says what became of a message.
   *
   * @param job that it has become; null if it was discarded
   * @return false if somebody has decided about it before
   */
  boolean resolve(Scope scope, UUID id, Decision decision, @Nullable UUID job) {
    return jdbc.sql(scope, RESOLVE)
            .param("id", id)
            .param("resolution", job == null ? "DISCARDED" : "RESUBMITTED")
            .param("now", decision.at().atOffset(ZoneOffset.UTC))
            .param("by", decision.by())
            .param("note", decision.note())
            .param("job", job)
            .update()
        == 1;
  }

  /** Who decides, when and why. */
  record Decision(String by, String note, Instant at) {}

  private static StatementSpec filtered(StatementSpec statement, Filter filter) {
    return statement
        .param("reason", filter.reason())
        .param("queue", filter.queue())
        .param("type", filter.type())
        .param("text", filter.text());
  }

  private Optional<QuarantinedWhole> whole(Scope scope, String sql, UUID id) {
    return jdbc.sql(scope, sql)
        .param("id", id)
        .query(
            (row, _) ->
                new QuarantinedWhole(
                    quarantined(row),
                    row.getString("properties"),
                    row.getString("headers"),
                    row.getBytes("body")))
        .optional();
  }

  private static Quarantined quarantined(ResultSet row) throws SQLException {
    String resolution = row.getString("resolution");
    Instant resolvedAt = instant(row, "resolved_at");
    return new Quarantined(
        row.getObject("id", UUID.class),
        new Quarantined.Arrivals(
            Objects.requireNonNull(instant(row, "arrived_at")),
            Objects.requireNonNull(instant(row, "last_arrived_at")),
            row.getInt("arrivals")),
        row.getString("reason"),
        row.getString("explanation"),
        new Quarantined.Envelope(
            row.getString("queue"),
            row.getString("exchange"),
            row.getString("routing_key"),
            row.getString("tenant"),
            row.getString("message_id"),
            row.getInt("size")),
        resolution == null || resolvedAt == null
            ? null
            : new Quarantined.Resolution(
                resolution,
                resolvedAt,
                row.getString("resolved_by"),
                row.getString("note"),
                row.getObject("job_id", UUID.class)));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

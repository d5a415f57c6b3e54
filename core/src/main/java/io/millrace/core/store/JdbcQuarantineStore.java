package io.millrace.core.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The quarantine in PostgreSQL. */
public final class JdbcQuarantineStore implements QuarantineStore {

  // Locks a row that exists already, by the primary key. Sorted, so that two batches never wait for
  // each other. Whatever was decided about a message that comes again, somebody sends it still.
  private static final String INSERT =
      """
      INSERT INTO quarantine AS q (
        id, arrived_at, last_arrived_at, arrivals,
        reason, explanation, queue, exchange, routing_key, message_id, properties, headers, body)
      SELECT
        u.id, from_micros(u.arrived_at), from_micros(u.arrived_at), u.arrivals,
        u.reason, u.explanation, u.queue, u.exchange, u.routing_key, u.message_id, u.properties::jsonb, u.headers::jsonb, u.body
      FROM unnest(
        :id::uuid[], :arrivedAt::bigint[], :arrivals::integer[],
        :reason::text[], :explanation::text[], :queue::text[], :exchange::text[], :routingKey::text[], :messageId::text[],
        :properties::text[], :headers::text[], :body::bytea[])
      AS u (
        id, arrived_at, arrivals,
        reason, explanation, queue, exchange, routing_key, message_id, properties, headers, body)
      ORDER BY u.id
      ON CONFLICT (id) DO UPDATE SET
        last_arrived_at = excluded.last_arrived_at, arrivals = q.arrivals + excluded.arrivals,
        resolution = NULL, resolved_at = NULL, resolved_by = NULL, note = NULL, job_id = NULL
      """;

  private final JdbcClient jdbc;

  public JdbcQuarantineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void insert(Collection<QuarantinedMessage> arrived) {
    Map<UUID, Integer> arrivals = new HashMap<>();
    Map<UUID, QuarantinedMessage> distinct = new HashMap<>();
    for (QuarantinedMessage message : arrived) {
      arrivals.merge(message.id(), 1, Integer::sum);
      distinct.put(message.id(), message);
    }
    Collection<QuarantinedMessage> messages = distinct.values();
    Map<String, Object> columns = HashMap.newHashMap(12);
    columns.put("id", Columns.texts(messages, QuarantinedMessage::id));
    columns.put(
        "arrivals", Columns.integers(messages, message -> arrivals.getOrDefault(message.id(), 1)));
    columns.put("arrivedAt", Columns.micros(messages, QuarantinedMessage::arrivedAt));
    columns.put("reason", Columns.texts(messages, QuarantinedMessage::reason));
    columns.put("explanation", texts(messages, QuarantinedMessage::explanation));
    columns.put("queue", texts(messages, message -> message.envelope().queue()));
    columns.put("exchange", texts(messages, message -> message.envelope().exchange()));
    columns.put("routingKey", texts(messages, message -> message.envelope().routingKey()));
    columns.put("messageId", texts(messages, message -> message.envelope().messageId()));
    columns.put("properties", texts(messages, message -> message.envelope().propertiesJson()));
    columns.put("headers", texts(messages, message -> message.envelope().headersJson()));
    columns.put("body", Columns.bytes(messages, QuarantinedMessage::body));
    jdbc.sql(INSERT).params(columns).update();
  }

  /** What a bad message says may hold anything; a PostgreSQL text holds no NUL. */
  private static @Nullable String[] texts(
      Collection<QuarantinedMessage> messages,
      Function<QuarantinedMessage, @Nullable String> column) {
    return Columns.texts(messages, message -> withoutNul(column.apply(message)));
  }

  private static @Nullable String withoutNul(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD').replace("\\u0000", "\\ufffd");
  }
}

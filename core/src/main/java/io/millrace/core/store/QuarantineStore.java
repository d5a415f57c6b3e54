package io.millrace.core.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages that could not become jobs. Safe for use by many threads. */
public final class QuarantineStore {

  // No lock: rows are only added.
  private static final String INSERT =
      """
      INSERT INTO quarantine (
        arrived_at, reason, explanation, queue, exchange, routing_key, message_id, properties, headers, body)
      SELECT
        from_micros(u.arrived_at), u.reason, u.explanation, u.queue, u.exchange, u.routing_key, u.message_id,
        u.properties::jsonb, u.headers::jsonb, u.body
      FROM unnest(
        :arrivedAt::bigint[], :reason::text[], :explanation::text[], :queue::text[], :exchange::text[], :routingKey::text[],
        :messageId::text[], :properties::text[], :headers::text[], :body::bytea[])
      AS u (arrived_at, reason, explanation, queue, exchange, routing_key, message_id, properties, headers, body)
      """;

  private final JdbcClient jdbc;

  public QuarantineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps the messages.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   */
  public void insert(Collection<QuarantinedMessage> messages) {
    Map<String, Object> columns = HashMap.newHashMap(10);
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

package io.millrace.core.webhook;

import io.millrace.client.contract.EndpointEvent;
import io.millrace.core.secret.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The endpoints in PostgreSQL. Every method is one statement. */
public final class JdbcEndpointStore implements EndpointStore, UnannouncedEndpoints {

  // An advisory lock of the transaction.
  private static final String LOCK_CONFIGURATION =
      """
      SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('millrace.webhooks.endpoints', 0))
      """;

  // No lock. By the primary key, unless all are asked for.
  private static final String FIND =
      """
      SELECT e.tenant, e.id, e.url, e.description, e.event_types, e.origin,
        e.disabled_reason, e.disabled_at, e.failing_since, e.last_success_at,
        k.id AS key_id, k.sealed, k.sealed_by
      FROM (
        SELECT tenant, id, url, description, event_types, origin, disabled_reason, disabled_at, failing_since, last_success_at
        FROM webhook_endpoint
        WHERE (:tenant::text IS NULL OR tenant = :tenant) AND (:id::text IS NULL OR id = :id) AND (:after::text IS NULL OR id > :after)
        ORDER BY tenant, id
        LIMIT :most) e
      LEFT JOIN webhook_key k ON k.tenant = e.tenant AND k.endpoint = e.id
      ORDER BY e.tenant, e.id, k.created_at, k.id
      """;

  // Locks the row, by the primary key.
  private static final String CREATE =
      """
      INSERT INTO webhook_endpoint (tenant, id, url, description, event_types, origin, state, created_at, updated_at)
      VALUES (:tenant, :id, :url, :description, :event_types, :origin, 'ENABLED', :now, :now)
      ON CONFLICT DO NOTHING
      """;

  // Locks the row, by the primary key.
  private static final String CHANGE =
      """
      UPDATE webhook_endpoint SET
        failing_since = CASE WHEN url = :url THEN failing_since END,
        url = :url, description = :description, event_types = :event_types, updated_at = :now
      WHERE tenant = :tenant AND id = :id
      """;

  // Locks the row, and those of its keys, by the primary keys.
  private static final String DELETE =
      """
      DELETE FROM webhook_endpoint WHERE tenant = :tenant AND id = :id
      """;

  // Locks the row, by the primary key.
  private static final String ADD_KEY =
      """
      INSERT INTO webhook_key (tenant, endpoint, id, sealed, sealed_by, created_at)
      VALUES (:tenant, :id, :key, :sealed, :sealed_by, :now)
      ON CONFLICT (tenant, endpoint, id) DO UPDATE SET sealed = excluded.sealed, sealed_by = excluded.sealed_by
      """;

  // Locks the row, by the primary key.
  private static final String RETIRE_KEY =
      """
      DELETE FROM webhook_key WHERE tenant = :tenant AND endpoint = :id AND id = :key
      """;

  // Locks the row, by the primary key.
  private static final String ENABLE =
      """
      UPDATE webhook_endpoint SET
        state = 'ENABLED', disabled_reason = NULL, disabled_at = NULL, announce_due = false, failing_since = NULL, updated_at = :now
      WHERE tenant = :tenant AND id = :id AND state = 'DISABLED'
      """;

  // Locks the row, by the primary key.
  private static final String DISABLE =
      """
      UPDATE webhook_endpoint SET
        state = 'DISABLED', disabled_reason = :reason, disabled_at = :now, announce_due = :announce, updated_at = :now
      WHERE tenant = :tenant AND id = :id AND state = 'ENABLED'
        AND (:since::timestamptz IS NULL OR failing_since <= :since)
      """;

  // Locks the row, by the primary key, only if it is the first failure.
  private static final String FAILED =
      """
      UPDATE webhook_endpoint SET failing_since = :at
      WHERE tenant = :tenant AND id = :id AND failing_since IS NULL AND state = 'ENABLED'
      """;

  // Locks the row, by the primary key, only if there is something to write.
  private static final String SUCCEEDED =
      """
      UPDATE webhook_endpoint SET failing_since = NULL, last_success_at = :at
      WHERE tenant = :tenant AND id = :id AND state = 'ENABLED'
        AND (failing_since <= :at OR last_success_at IS NULL OR last_success_at < :at - interval '1 hour')
      """;

  // Locks rows that nobody else has, by the index webhook_endpoint_unannounced.
  private static final String LOCK_UNANNOUNCED =
      """
      SELECT tenant, id, url, disabled_reason, disabled_at, failing_since
      FROM webhook_endpoint
      WHERE announce_due
      ORDER BY tenant, id
      LIMIT :most
      FOR UPDATE SKIP LOCKED
      """;

  // Rows that this transaction has locked, by the primary key.
  private static final String ANNOUNCED =
      """
      UPDATE webhook_endpoint e SET announce_due = false
      FROM unnest(:tenants::text[], :ids::text[]) AS done (tenant, id)
      WHERE e.tenant = done.tenant AND e.id = done.id
      """;

  private final JdbcClient jdbc;

  public JdbcEndpointStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void lockConfiguration() {
    jdbc.sql(LOCK_CONFIGURATION).query(Integer.class).single();
  }

  @Override
  public List<Endpoint> all() {
    return find(null, null, null, Integer.MAX_VALUE);
  }

  @Override
  public Optional<Endpoint> find(EndpointId id) {
    return find(id.tenant(), id.id(), null, 1).stream().findFirst();
  }

  @Override
  public List<Endpoint> ofTenant(String tenant, @Nullable String after, int most) {
    return find(tenant, null, after, most);
  }

  private List<Endpoint> find(
      @Nullable String tenant, @Nullable String id, @Nullable String after, int most) {
    return jdbc.sql(FIND)
        .param("tenant", tenant)
        .param("id", id)
        .param("after", after)
        .param("most", most)
        .query(JdbcEndpointStore::endpoints);
  }

  /** One row for each key, or one for an endpoint without. */
  private static List<Endpoint> endpoints(ResultSet rows) throws SQLException {
    List<Endpoint> endpoints = new ArrayList<>();
    while (rows.next()) {
      String key = rows.getString("key_id");
      List<EndpointKey> keys =
          key == null
              ? List.of()
              : List.of(
                  new EndpointKey(
                      key, new SealedSecret(rows.getString("sealed_by"), rows.getBytes("sealed"))));
      EndpointId id = id(rows);
      Endpoint last = endpoints.isEmpty() ? null : endpoints.getLast();
      if (last == null || !last.id().equals(id)) {
        endpoints.add(endpoint(rows, id, keys));
        continue;
      }
      List<EndpointKey> all = new ArrayList<>(last.keys());
      all.addAll(keys);
      endpoints.set(
          endpoints.size() - 1,
          new Endpoint(id, last.subscription(), last.origin(), last.standing(), all));
    }
    return endpoints;
  }

  private static Endpoint endpoint(ResultSet row, EndpointId id, List<EndpointKey> keys)
      throws SQLException {
    String reason = row.getString("disabled_reason");
    return new Endpoint(
        id,
        new Subscription(
            new EndpointUrl(row.getString("url")),
            row.getString("description"),
            List.of((String[]) row.getArray("event_types").getArray())),
        Endpoint.Origin.valueOf(row.getString("origin")),
        new Endpoint.Standing(
            reason == null ? null : DisabledReason.valueOf(reason),
            instant(row, "disabled_at"),
            instant(row, "failing_since"),
            instant(row, "last_success_at")),
        keys);
  }

  private static EndpointId id(ResultSet row) throws SQLException {
    return new EndpointId(row.getString("tenant"), row.getString("id"));
  }

  @Override
  public boolean create(
      EndpointId id, Subscription subscription, Endpoint.Origin origin, Instant now) {
    return changed(subscribed(CREATE, id, subscription, now).param("origin", origin.name()));
  }

  @Override
  public boolean change(EndpointId id, Subscription subscription, Instant now) {
    return changed(subscribed(CHANGE, id, subscription, now));
  }

  private JdbcClient.StatementSpec subscribed(
      String sql, EndpointId id, Subscription subscription, Instant now) {
    return statement(sql, id)
        .param("url", subscription.url().value())
        .param("description", subscription.description())
        .param("event_types", subscription.eventTypes().toArray(String[]::new))
        .param("now", time(now));
  }

  @Override
  public boolean delete(EndpointId id) {
    return changed(statement(DELETE, id));
  }

  @Override
  public void addKey(EndpointId id, EndpointKey key, Instant now) {
    statement(ADD_KEY, id)
        .param("key", key.id())
        .param("sealed", key.sealed().bytes())
        .param("sealed_by", key.sealed().keyId())
        .param("now", time(now))
        .update();
  }

  @Override
  public boolean retireKey(EndpointId id, String keyId) {
    return changed(statement(RETIRE_KEY, id).param("key", keyId));
  }

  @Override
  public boolean enable(EndpointId id, Instant now) {
    return changed(statement(ENABLE, id).param("now", time(now)));
  }

  @Override
  public boolean disable(EndpointId id, DisabledReason reason, Instant now) {
    return disable(id, reason, null, now);
  }

  @Override
  public boolean disableIfFailingSince(EndpointId id, Instant since, Instant now) {
    return disable(id, DisabledReason.FAILING, since, now);
  }

  private boolean disable(
      EndpointId id, DisabledReason reason, @Nullable Instant since, Instant now) {
    return changed(
        statement(DISABLE, id)
            .param("reason", reason.name())
            .param("announce", reason.isAnnounced())
            .param("since", since == null ? null : time(since))
            .param("now", time(now)));
  }

  @Override
  public void failed(EndpointId id, Instant at) {
    statement(FAILED, id).param("at", time(at)).update();
  }

  @Override
  public void succeeded(EndpointId id, Instant at) {
    statement(SUCCEEDED, id).param("at", time(at)).update();
  }

  @Override
  public List<EndpointEvent> lockUnannounced(int most) {
    return jdbc.sql(LOCK_UNANNOUNCED)
        .param("most", most)
        .query(
            (row, _) ->
                new EndpointEvent(
                    row.getString("tenant"),
                    row.getString("id"),
                    new EndpointUrl(row.getString("url")).destination(),
                    EndpointEvent.Reason.valueOf(row.getString("disabled_reason")),
                    row.getObject("disabled_at", OffsetDateTime.class).toInstant(),
                    instant(row, "failing_since")))
        .list();
  }

  @Override
  public void announced(Collection<EndpointEvent> events) {
    jdbc.sql(ANNOUNCED)
        .param("tenants", events.stream().map(EndpointEvent::tenant).toArray(String[]::new))
        .param("ids", events.stream().map(EndpointEvent::endpoint).toArray(String[]::new))
        .update();
  }

  private JdbcClient.StatementSpec statement(String sql, EndpointId id) {
    return jdbc.sql(sql).param("tenant", id.tenant()).param("id", id.id());
  }

  private static boolean changed(JdbcClient.StatementSpec statement) {
    return statement.update() > 0;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

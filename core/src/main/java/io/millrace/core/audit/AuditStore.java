package io.millrace.core.audit;

import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.secret.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The chain of what was done. Safe for use by many threads and processes.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class AuditStore {

  // Locks the only row: whoever else appends waits for the end of this transaction.
  private static final String LOCK_HEAD =
      """
      SELECT count, hash, keyed_by, seal FROM audit_head FOR UPDATE
      """;

  // The head is locked already; one statement, for others wait.
  private static final String APPEND =
      """
      WITH record AS (
        INSERT INTO audit (number, at, actor, roles, action, resource, tenant, before, after, address, request_id,
          previous_hash, keyed_by, hash)
        VALUES (:number, :at, :actor, :roles, :action, :resource, :tenant, :before::jsonb, :after::jsonb, :address, :requestId,
          :previous, :keyedBy, :hash))
      UPDATE audit_head SET count = :number, hash = :hash, keyed_by = :keyedBy, seal = :seal
      """;

  private static final String COLUMNS =
      """
      SELECT number, at, actor, roles, action, resource, tenant, before::text AS before, after::text AS after, address,
        request_id, previous_hash, keyed_by, hash
      FROM audit
      """;

  // No lock: the primary key backwards, or the index of what is looked for.
  private static final String NEWEST =
      COLUMNS
          + """
          WHERE number < :before AND {tenant}
            AND (:actor::text IS NULL OR actor = :actor::text) AND (:action::text IS NULL OR action = :action::text)
            AND (:resource::text IS NULL OR resource = :resource::text)
            AND (:since::timestamptz IS NULL OR at >= :since::timestamptz)
            AND (:until::timestamptz IS NULL OR at < :until::timestamptz)
          ORDER BY number DESC LIMIT :most
          """;

  // No lock: the primary key.
  private static final String FIND = COLUMNS + "WHERE number = :number AND {tenant}";

  // No lock: the primary key.
  private static final String PAGE = COLUMNS + "WHERE number > :after ORDER BY number LIMIT :most";

  private static final String HEAD = "SELECT count, hash, keyed_by, seal FROM audit_head";

  private final JdbcClient jdbc;
  private final ScopedJdbc scoped;
  private final AuditHash hash;

  /**
   * @param keys whose current key, if there is one, the hashes are under
   */
  public AuditStore(JdbcClient jdbc, ScopedJdbc scoped, SecretBox keys) {
    this.jdbc = jdbc;
    this.scoped = scoped;
    this.hash = new AuditHash(keys);
  }

  /**
   * Appends a record, in the transaction of the caller. Until its end nobody else appends: let it
   * be the last that the transaction does.
   */
  public AuditRecord append(AuditEntry entry, Instant at) {
    AuditHead head = jdbc.sql(LOCK_HEAD).query(AuditStore::headOf).single();
    long number = head.count() + 1;
    String key = hash.currentKey();
    byte[] own = hash.of(number, at, entry, head.last(), key);
    AuditRecord record =
        new AuditRecord(number, at, entry, new AuditRecord.Link(head.last(), key, own));
    write(record);
    return record;
  }

  private void write(AuditRecord record) {
    AuditEntry.Author author = record.entry().author();
    AuditEntry.Change change = record.entry().change();
    AuditRecord.Link link = record.link();
    jdbc.sql(APPEND)
        .param("number", record.number())
        .param("at", record.at().atOffset(ZoneOffset.UTC))
        .param("actor", author.subject())
        .param("roles", author.roles().toArray(String[]::new))
        .param("action", change.action())
        .param("resource", change.resource())
        .param("tenant", change.tenant())
        .param("before", change.before())
        .param("after", change.after())
        .param("address", author.address())
        .param("requestId", author.requestId())
        .param("previous", link.previous())
        .param("keyedBy", link.keyedBy())
        .param("hash", link.hash())
        .param("seal", hash.ofHead(record.number(), link.hash(), link.keyedBy()))
        .update();
  }

  /**
   * The newest records that are looked for.
   *
   * @param scope whose are found at all
   * @param before below which number to begin
   * @param most how many; at least 1
   */
  public List<AuditRecord> newest(Scope scope, AuditQuery query, long before, int most) {
    return param(scoped.sql(scope, NEWEST), query)
        .param("before", before)
        .param("most", most)
        .query(AuditStore::recordOf)
        .list();
  }

  private static StatementSpec param(StatementSpec statement, AuditQuery query) {
    return statement
        .param("actor", query.actor())
        .param("action", query.action())
        .param("resource", query.resource())
        .param("since", time(query.since()))
        .param("until", time(query.until()));
  }

  /** The record of that number, if it is in {@code scope}. */
  public Optional<AuditRecord> find(Scope scope, long number) {
    return scoped.sql(scope, FIND).param("number", number).query(AuditStore::recordOf).optional();
  }

  /** Records in their order, from behind {@code after} on. */
  List<AuditRecord> page(long after, int most) {
    return jdbc.sql(PAGE)
        .param("after", after)
        .param("most", most)
        .query(AuditStore::recordOf)
        .list();
  }

  /** The end of the chain; empty if somebody has taken it away. */
  public Optional<AuditHead> head() {
    return jdbc.sql(HEAD).query(AuditStore::headOf).optional();
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private static AuditHead headOf(ResultSet row, int number) throws SQLException {
    return new AuditHead(
        row.getLong("count"),
        row.getBytes("hash"),
        row.getString("keyed_by"),
        row.getBytes("seal"));
  }

  private static AuditRecord recordOf(ResultSet row, int number) throws SQLException {
    return new AuditRecord(
        row.getLong("number"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        new AuditEntry(
            new AuditEntry.Author(
                row.getString("actor"),
                Arrays.asList((String[]) row.getArray("roles").getArray()),
                row.getString("address"),
                row.getString("request_id")),
            new AuditEntry.Change(
                row.getString("action"),
                row.getString("resource"),
                row.getString("tenant"),
                row.getString("before"),
                row.getString("after"))),
        new AuditRecord.Link(
            row.getBytes("previous_hash"), row.getString("keyed_by"), row.getBytes("hash")));
  }
}

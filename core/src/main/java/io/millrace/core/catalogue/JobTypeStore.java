package io.millrace.core.catalogue;

import io.millrace.client.contract.JobType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The known types in PostgreSQL. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public final class JobTypeStore {

  // Locks the row, by the primary key, unless it says so already.
  private static final String RECORD =
      """
      INSERT INTO job_type AS known (type, kind, handler, dependency, schema, version, since)
      VALUES (:type, :kind, :handler, :dependency, :schema, :version, :since)
      ON CONFLICT (type) DO UPDATE SET
        kind = excluded.kind, handler = excluded.handler, dependency = excluded.dependency, schema = excluded.schema,
        version = excluded.version, since = excluded.since
      WHERE (known.kind, known.handler, known.dependency, known.schema, known.version)
        IS DISTINCT FROM (excluded.kind, excluded.handler, excluded.dependency, excluded.schema, excluded.version)
      """;

  // No lock: as many rows as there are types.
  private static final String ALL =
      """
      SELECT type, kind, handler, dependency, schema, version, since FROM job_type ORDER BY type
      """;

  // No lock: the primary key.
  private static final String FIND =
      """
      SELECT type, kind, handler, dependency, schema, version, since FROM job_type WHERE type = :type
      """;

  private final JdbcClient jdbc;

  public JobTypeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Says what a worker can do that begins now. Where two versions of a worker run side by side, the
   * one that has begun last is believed.
   */
  public void record(Collection<KnownJobType> types) {
    types.stream().sorted(Comparator.comparing(type -> type.type().name())).forEach(this::record);
  }

  private void record(KnownJobType type) {
    jdbc.sql(RECORD)
        .param("type", type.type().name())
        .param("kind", type.kind().name())
        .param("handler", type.handler())
        .param("dependency", type.dependency())
        .param("schema", type.schema())
        .param("version", type.version())
        .param("since", type.since().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** All of them, by name. */
  public List<KnownJobType> all() {
    return jdbc.sql(ALL).query(JobTypeStore::knownJobType).list();
  }

  /** The type, if any worker has ever had it. */
  public Optional<KnownJobType> find(JobType type) {
    return jdbc.sql(FIND).param("type", type.name()).query(JobTypeStore::knownJobType).optional();
  }

  private static KnownJobType knownJobType(ResultSet row, int number) throws SQLException {
    return new KnownJobType(
        new JobType(row.getString("type")),
        HandlerKind.valueOf(row.getString("kind")),
        row.getString("handler"),
        row.getString("dependency"),
        row.getString("schema"),
        row.getString("version"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }
}

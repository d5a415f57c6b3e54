package io.millrace.core.lease;

import io.millrace.client.contract.JobType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workers in PostgreSQL. */
public final class JdbcWorkerStore implements WorkerStore {

  // No lock: a new row, unless the answer to the insert was lost.
  private static final String REGISTER =
      """
      INSERT INTO worker (incarnation, name, version, started_at, beat_at)
      VALUES (:incarnation, :name, :version, :now, :now)
      ON CONFLICT DO NOTHING
      """;

  // Locks the worker's own row, by the primary key.
  private static final String HANDLES =
      """
      UPDATE worker SET types = :types WHERE incarnation = :incarnation
      """;

  // Locks the worker's own row, by the primary key.
  private static final String BEAT =
      """
      UPDATE worker SET heartbeat = heartbeat + 1, beat_at = :now, ended_per_second = (
        SELECT jsonb_object_agg(type, rate) FROM unnest(:types::text[], :rates::float8[]) AS each (type, rate))
      WHERE incarnation = :incarnation AND ended_at IS NULL
      """;

  // No lock: index worker_live.
  private static final String LIVE =
      """
      SELECT incarnation, heartbeat FROM worker WHERE ended_at IS NULL
      """;

  // Locks the row, by the primary key. Only if it has not beaten since it was read.
  private static final String DECLARE_DEAD =
      """
      UPDATE worker SET ended_at = :now, end_reason = 'DECLARED_DEAD'
      WHERE incarnation = :incarnation AND ended_at IS NULL AND heartbeat = :heartbeat
      """;

  // Locks the worker's own row, by the primary key.
  private static final String SIGN_OFF =
      """
      UPDATE worker SET ended_at = :now, end_reason = 'SIGNED_OFF'
      WHERE incarnation = :incarnation AND ended_at IS NULL
      """;

  private final JdbcClient jdbc;

  public JdbcWorkerStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void register(UUID incarnation, String name, String version, Instant now) {
    jdbc.sql(REGISTER)
        .param("incarnation", incarnation)
        .param("name", name)
        .param("version", version)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  @Override
  public void handles(UUID incarnation, Collection<JobType> types) {
    jdbc.sql(HANDLES)
        .param("types", types.stream().map(JobType::name).sorted().toArray(String[]::new))
        .param("incarnation", incarnation)
        .update();
  }

  @Override
  public boolean beat(UUID incarnation, Map<JobType, Double> endedPerSecond, Instant now) {
    List<JobType> types = List.copyOf(endedPerSecond.keySet());
    return jdbc.sql(BEAT)
            .param("types", types.stream().map(JobType::name).toArray(String[]::new))
            .param("rates", types.stream().map(endedPerSecond::get).toArray(Double[]::new))
            .param("incarnation", incarnation)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Override
  public Map<UUID, Long> live() {
    Map<UUID, Long> counters = new HashMap<>();
    jdbc.sql(LIVE)
        .query(
            row -> {
              counters.put(row.getObject("incarnation", UUID.class), row.getLong("heartbeat"));
            });
    return counters;
  }

  @Override
  public boolean declareDead(UUID incarnation, long heartbeat, Instant now) {
    return jdbc.sql(DECLARE_DEAD)
            .param("incarnation", incarnation)
            .param("heartbeat", heartbeat)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Override
  public void signOff(UUID incarnation, Instant now) {
    jdbc.sql(SIGN_OFF)
        .param("incarnation", incarnation)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }
}

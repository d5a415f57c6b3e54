package io.millrace.simulation.database;

import io.millrace.client.contract.JobType;
import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.lease.WorkerStore;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The statements about workers, on {@link Database}: each does what its SQL does. */
public final class InMemoryWorkerStore implements WorkerStore {

  private final Database database;
  private final Consumer<UUID> dead;

  /**
   * @param dead sees every incarnation that is declared dead
   */
  public InMemoryWorkerStore(Database database, Consumer<UUID> dead) {
    this.database = database;
    this.dead = dead;
  }

  @Override
  public void register(UUID incarnation, String name, String version, Instant now) {
    database.statement(
        _ -> database.workers().putIfAbsent(incarnation, new WorkerRow(0, null, null)) == null);
  }

  @Override
  public void handles(UUID incarnation, Collection<JobType> types) {
    // Nobody looks.
  }

  @Override
  public boolean beat(UUID incarnation, Map<JobType, Double> endedPerSecond, Instant now) {
    return database.statement(
        _ ->
            database
                        .workers()
                        .computeIfPresent(
                            incarnation,
                            (_, row) ->
                                row.end() == null
                                    ? new WorkerRow(row.heartbeat() + 1, null, null)
                                    : row)
                    instanceof WorkerRow row
                && row.end() == null);
  }

  @Override
  public Map<UUID, Long> live() {
    return database.statement(
        _ -> {
          Map<UUID, Long> live = new LinkedHashMap<>();
          database
              .workers()
              .forEach(
                  (incarnation, row) -> {
                    if (row.end() == null) {
                      live.put(incarnation, row.heartbeat());
                    }
                  });
          return live;
        });
  }

  @Override
  public boolean declareDead(UUID incarnation, long heartbeat, Instant now) {
    return database.statement(
        _ -> {
          WorkerRow row = database.workers().get(incarnation);
          if (row == null || row.end() != null || row.heartbeat() != heartbeat) {
            return false;
          }
          database.note(() -> "declares dead " + incarnation);
          dead.accept(incarnation);
          database
              .workers()
              .put(incarnation, new WorkerRow(heartbeat, now, OwnerEnd.DECLARED_DEAD));
          return true;
        });
  }

  @Override
  public void signOff(UUID incarnation, Instant now) {
    database.statement(
        _ ->
            database
                    .workers()
                    .computeIfPresent(
                        incarnation,
                        (_, row) ->
                            row.end() == null
                                ? new WorkerRow(row.heartbeat(), now, OwnerEnd.SIGNED_OFF)
                                : row)
                != null);
  }
}

package io.millrace.simulation.database;

import io.millrace.core.job.Job;
import io.millrace.core.store.ResultStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The statements about old results, on {@link Database}: each does what its SQL does. */
public final class InMemoryResultStore implements ResultStore {

  private final Database database;

  public InMemoryResultStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Map<String, Instant>> claim() {
    return database.statement(
        session ->
            database.claim(session, "results")
                ? Optional.of(database.droppedUntil(session))
                : Optional.empty());
  }

  @Override
  public void save(Map<String, Instant> droppedUntil) {
    database.statement(session -> session.droppedUntil = Map.copyOf(droppedUntil));
  }

  @Override
  public Dropped drop(Slice slice, Most most, Instant now) {
    return database.statement(
        session -> {
          List<Row> seen =
              database.find(session, row -> isIn(row, slice)).limit(most.seen()).toList();
          List<Row> due =
              seen.stream()
                  .filter(
                      row ->
                          slice.types().contains(row.job().order().type().name()) != slice.allBut())
                  .toList();
          List<Row> locked =
              due.stream()
                  .limit(most.dropped())
                  .filter(row -> !row.announceDue())
                  .filter(row -> database.lockIfFree(session, row.job().id()))
                  .toList();
          locked.forEach(row -> session.written.put(row.job().id(), dropped(row, now)));
          return new Dropped(seen.size(), due.size(), locked.size());
        });
  }

  private static boolean isIn(Row row, Slice slice) {
    Instant finishedAt = row.job().times().finishedAt();
    return row.job().ending().result() != null
        && Objects.requireNonNull(finishedAt, "it has ended").isAfter(slice.after())
        && !finishedAt.isAfter(slice.until());
  }

  private static Row dropped(Row row, Instant now) {
    Job job = row.job();
    return new Row(
        new Job(
            job.id(),
            job.order(),
            job.standing(),
            job.times(),
            job.setbacks(),
            new Job.Ending(null, now, null, null, null)),
        row.announceDue(),
        row.alone());
  }
}

package io.millrace.simulation.database;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.OrphanedJob;
import io.millrace.simulation.fault.PlantedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The looks of the dispatcher, on {@link Database}: each does what its SQL does. */
public final class InMemoryDueStore implements DueStore {

  private final Database database;

  public InMemoryDueStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Instant> next() {
    return database.statement(
        session ->
            database
                .find(session, InMemoryDueStore::waitsForATime)
                .map(row -> dueAt(row.job()))
                .min(Comparator.naturalOrder()));
  }

  @Override
  public void limitSilence(Duration silence) {
    // A dispatcher that is paused for long is cut off by whoever pauses it.
  }

  @Override
  public List<JobType> waitingTypes() {
    return database.statement(
        session -> types(database.find(session, InMemoryDueStore::waitsForATime)));
  }

  @Override
  public List<String> tenantsWithDue(JobType type, String after, Instant now, int most) {
    return database.statement(
        session ->
            database
                .find(session, row -> isDue(row, type, now))
                .map(row -> row.job().order().tenant())
                .filter(tenant -> tenant.compareTo(after) > 0)
                .distinct()
                .sorted()
                .limit(most)
                .toList());
  }

  @Override
  public List<JobHead> lockDue(JobType type, Collection<String> tenants, int each, Instant now) {
    return database.statement(
        session -> {
          List<JobHead> heads = new ArrayList<>();
          for (String tenant : tenants) {
            heads.addAll(
                lockFirst(
                    session,
                    row -> isDue(row, type, now) && row.job().order().tenant().equals(tenant),
                    Comparator.comparing(InMemoryDueStore::dueAt),
                    each));
          }
          return heads;
        });
  }

  @Override
  public Map<JobType, Integer> queued() {
    return database.statement(
        session -> {
          Map<JobType, Integer> queued = new HashMap<>();
          database
              .find(session, row -> stateOf(row) == JobState.QUEUED)
              .forEach(row -> queued.merge(row.job().order().type(), 1, Integer::sum));
          return queued;
        });
  }

  @Override
  public List<JobType> typesInTurn() {
    return database.statement(
        session -> types(database.find(session, InMemoryDueStore::waitsForItsTurn)));
  }

  @Override
  public List<String> keysInTurn(JobType type, String after, int most) {
    return database.statement(
        session ->
            database
                .find(session, row -> waitsForItsTurn(row) && row.job().order().type().equals(type))
                .map(row -> key(row.job()))
                .filter(key -> key.compareTo(after) > 0)
                .distinct()
                .sorted()
                .limit(most)
                .toList());
  }

  @Override
  public List<JobHead> lockNextInTurn(JobType type, Collection<String> keys, int limit) {
    List<String> ours =
        database.statement(
            session ->
                keys.stream().filter(key -> database.claim(session, type + " " + key)).toList());
    if (ours.isEmpty()) {
      return List.of();
    }
    return database.statement(
        session -> {
          List<JobHead> heads = new ArrayList<>();
          for (String key : ours) {
            Predicate<Row> same =
                row -> row.job().order().type().equals(type) && key.equals(key(row.job()));
            long taken =
                database
                    .find(session, same)
                    .filter(
                        row -> stateOf(row) == JobState.QUEUED || stateOf(row) == JobState.RUNNING)
                    .count();
            heads.addAll(
                lockFirst(
                    session,
                    same.and(InMemoryDueStore::waitsForItsTurn),
                    Comparator.comparing(job -> job.times().createdAt()),
                    (int) Math.max(0, limit - taken)));
          }
          return heads;
        });
  }

  @Override
  public List<JobHead> lockLate(Instant now, int most) {
    return database.statement(
        session ->
            lockFirst(
                session,
                row -> {
                  Instant deadline = row.job().order().options().deadline();
                  return deadline != null
                      && !deadline.isAfter(now)
                      && (stateOf(row) == JobState.WAITING || stateOf(row) == JobState.QUEUED);
                },
                Comparator.comparing(
                    job -> Objects.requireNonNull(job.order().options().deadline())),
                most));
  }

  @Override
  public List<OrphanedJob> lockOrphans(Instant endedBefore, int most) {
    if (database.isPlanted(PlantedFault.ORPHANS_FORGOTTEN)) {
      return List.of();
    }
    return database.statement(
        session ->
            database
                .find(session, row -> isOrphan(row, endedBefore))
                .filter(row -> database.lockIfFree(session, row.job().id()))
                .limit(most)
                .map(
                    row ->
                        new OrphanedJob(
                            head(row.job()),
                            Objects.requireNonNull(
                                database.endOf(row.job().standing().owner()), "it has ended"),
                            row.alone() || database.isPlanted(PlantedFault.INNOCENTS_CONVICTED)))
                .toList());
  }

  private boolean isOrphan(Row row, Instant endedBefore) {
    Standing standing = row.job().standing();
    WorkerRow owner = standing.owner() == null ? null : database.workers().get(standing.owner());
    Instant endedAt = owner == null ? null : owner.endedAt();
    return endedAt != null && (!endedAt.isAfter(endedBefore) || row.announceDue());
  }

  @Override
  public List<Job> lockUnannounced(int most) {
    return database.statement(
        session ->
            database
                .find(session, row -> row.announceDue() && stateOf(row).isFinal())
                .filter(row -> database.lockIfFree(session, row.job().id()))
                .limit(most)
                .map(Row::job)
                .toList());
  }

  @Override
  public void announced(Collection<JobId> ids) {
    database.statement(
        session -> {
          for (JobId id : ids) {
            Row row = Objects.requireNonNull(database.read(session, id), "it is locked");
            session.written.put(id, new Row(row.job(), false, row.alone()));
          }
          return ids;
        });
  }

  @Override
  public List<JobHead> lockQueuedBefore(JobType type, Instant before, int most) {
    return database.statement(
        session ->
            lockFirst(
                session,
                row -> {
                  Instant queuedAt = row.job().times().queuedAt();
                  return queuedAt != null
                      && !queuedAt.isAfter(before)
                      && row.job().order().type().equals(type);
                },
                Comparator.comparing(job -> Objects.requireNonNull(job.times().queuedAt())),
                most));
  }

  @Override
  public void queuedAgain(Collection<JobId> ids) {
    database.statement(
        session -> {
          for (JobId id : ids) {
            Row row = Objects.requireNonNull(database.read(session, id), "it is locked");
            Job job = row.job();
            if (stateOf(row) == JobState.QUEUED) {
              Job.Times times =
                  new Job.Times(
                      job.times().createdAt(),
                      database.clock().clock().instant(),
                      job.times().startedAt(),
                      null);
              session.written.put(
                  id,
                  new Row(
                      new Job(id, job.order(), job.standing(), times, job.setbacks(), job.ending()),
                      row.announceDue(),
                      false));
            }
          }
          return ids;
        });
  }

  private List<JobHead> lockFirst(
      Session session, Predicate<Row> condition, Comparator<Job> order, int most) {
    return database
        .find(session, condition)
        .map(Row::job)
        .sorted(order)
        .filter(job -> database.lockIfFree(session, job.id()))
        .limit(most)
        .map(InMemoryDueStore::head)
        .toList();
  }

  private static List<JobType> types(Stream<Row> rows) {
    return rows.map(row -> row.job().order().type()).distinct().sorted().toList();
  }

  private static boolean waitsForATime(Row row) {
    return stateOf(row) == JobState.WAITING && !waitsForItsTurn(row);
  }

  private static boolean waitsForItsTurn(Row row) {
    return row.job().standing().waitReason() == WaitReason.CONCURRENCY;
  }

  private static boolean isDue(Row row, JobType type, Instant now) {
    return waitsForATime(row)
        && row.job().order().type().equals(type)
        && !dueAt(row.job()).isAfter(now);
  }

  private static JobState stateOf(Row row) {
    return row.job().standing().state();
  }

  private static Instant dueAt(Job job) {
    return Objects.requireNonNull(job.standing().dueAt(), "it waits");
  }

  private static String key(Job job) {
    return Objects.requireNonNullElse(job.order().options().concurrencyKey(), "");
  }

  private static JobHead head(Job job) {
    @Nullable String key = job.order().options().concurrencyKey();
    return new JobHead(
        job.id(),
        job.order().tenant(),
        job.order().type(),
        job.order().options().lane(),
        job.standing(),
        key,
        job.order().options().deadline(),
        job.times().startedAt(),
        job.setbacks());
  }
}

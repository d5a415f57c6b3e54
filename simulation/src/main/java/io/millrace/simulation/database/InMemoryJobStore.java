package io.millrace.simulation.database;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobProgress;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.LockedJob;
import io.millrace.core.store.Parking;
import io.millrace.simulation.fault.PlantedFault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements about jobs, on {@link Database}: each does what its SQL does. */
public final class InMemoryJobStore implements JobStore {

  private final Database database;

  public InMemoryJobStore(Database database) {
    this.database = database;
  }

  @Override
  public Set<JobId> existing(Collection<JobId> ids) {
    return database.statement(
        session ->
            ids.stream()
                .filter(id -> database.read(session, id) != null)
                .collect(Collectors.toCollection(HashSet::new)));
  }

  @Override
  public Set<JobId> insert(Collection<Job> jobs) {
    return database.statement(
        session -> {
          Set<JobId> inserted = new HashSet<>();
          for (Job job : sorted(jobs, Job::id)) {
            if (database.isPlanted(PlantedFault.INSERT_OVERWRITES)
                || isNew(session, job) && isKeyFree(session, job)) {
              session.written.put(job.id(), new Row(job, false, false));
              inserted.add(job.id());
            }
          }
          database.note(() -> "inserts " + inserted);
          return inserted;
        });
  }

  /** Waits for an insert of the same id that is not committed. */
  private boolean isNew(Session session, Job job) {
    if (database.read(session, job.id()) != null) {
      return false;
    }
    database.lock(session, job.id());
    return database.read(session, job.id()) == null;
  }

  private boolean isKeyFree(Session session, Job job) {
    Predicate<Row> holds = row -> isHolder(row.job(), job);
    if (job.order().options().uniqueKey() == null || job.standing().state().isFinal()) {
      return true;
    }
    while (true) {
      Session other = database.uncommitted(session, holds);
      if (other == null) {
        return database.find(session, holds).findAny().isEmpty();
      }
      database.awaitEnd(session, other);
    }
  }

  private static boolean isHolder(Job row, Job job) {
    String key = job.order().options().uniqueKey();
    return key != null
        && key.equals(row.order().options().uniqueKey())
        && row.order().tenant().equals(job.order().tenant())
        && row.order().type().equals(job.order().type())
        && !row.standing().state().isFinal();
  }

  @Override
  public List<LockedJob> lock(Collection<JobId> ids) {
    return database.statement(
        session -> {
          // The owners' rows are read as they were when the statement began, also where a lock was
          // waited for; a row whose owner has changed meanwhile finds no partner there.
          Map<JobId, Row> before = new HashMap<>();
          Map<JobId, OwnerEnd> ends = new HashMap<>();
          for (JobId id : ids) {
            Row row = database.read(session, id);
            if (row != null) {
              before.put(id, row);
              OwnerEnd end = database.endOf(row.job().standing().owner());
              if (end != null) {
                ends.put(id, end);
              }
            }
          }
          List<LockedJob> locked = new ArrayList<>();
          for (JobId id : before.keySet().stream().sorted().toList()) {
            if (!database.isPlanted(PlantedFault.JUDGED_WITHOUT_LOCK)) {
              database.lock(session, id);
            }
            Row row = Objects.requireNonNull(database.read(session, id), "rows are not deleted");
            boolean sameOwner =
                Objects.equals(
                    row.job().standing().owner(),
                    Objects.requireNonNull(before.get(id)).job().standing().owner());
            locked.add(locked(row, sameOwner ? ends.get(id) : null));
          }
          return locked;
        });
  }

  @Override
  public List<LockedJob> lockIfFree(Collection<JobId> ids) {
    return database.statement(
        session ->
            ids.stream()
                .sorted()
                .filter(id -> database.read(session, id) != null)
                .filter(
                    id ->
                        database.isPlanted(PlantedFault.JUDGED_WITHOUT_LOCK)
                            || database.lockIfFree(session, id))
                .map(id -> Objects.requireNonNull(database.read(session, id)))
                .map(row -> locked(row, database.endOf(row.job().standing().owner())))
                .toList());
  }

  private LockedJob locked(Row row, @Nullable OwnerEnd end) {
    boolean alone = row.alone() || database.isPlanted(PlantedFault.INNOCENTS_CONVICTED);
    return new LockedJob(row.job(), end, alone);
  }

  @Override
  public Map<JobId, JobId> holders(Collection<Job> jobs) {
    return database.statement(
        session -> {
          Map<JobId, JobId> holders = new HashMap<>();
          for (Job job : jobs) {
            database
                .find(session, row -> isHolder(row.job(), job))
                .forEach(row -> holders.put(job.id(), row.job().id()));
          }
          return holders;
        });
  }

  @Override
  public boolean runsAlone(JobId id, LeaseToken token) {
    return database.statement(
        session -> {
          database.lock(session, id);
          Row row = database.read(session, id);
          if (row == null || !row.job().standing().isHeldBy(token)) {
            return false;
          }
          session.written.put(id, new Row(row.job(), row.announceDue(), true));
          return true;
        });
  }

  @Override
  public void report(Collection<JobProgress> progress) {
    throw new UnsupportedOperationException("no handler reports");
  }

  @Override
  public Optional<JobProgress> progress(JobId id) {
    throw new UnsupportedOperationException("nobody asks");
  }

  @Override
  public void nothingRunsAlone(UUID worker) {
    database.statement(
        session -> {
          List<JobId> ids =
              database
                  .find(session, row -> runsAloneIn(row, worker))
                  .map(row -> row.job().id())
                  .toList();
          for (JobId id : ids) {
            database.lock(session, id);
            Row row = Objects.requireNonNull(database.read(session, id));
            if (runsAloneIn(row, worker)) {
              session.written.put(id, new Row(row.job(), row.announceDue(), false));
            }
          }
          return ids;
        });
  }

  private static boolean runsAloneIn(Row row, UUID worker) {
    return row.alone() && worker.equals(row.job().standing().owner());
  }

  @Override
  public Set<JobId> leaveToDispatcher(Collection<JobId> ids) {
    return mark(ids, JobState.RUNNING::equals);
  }

  @Override
  public void announceLater(Collection<JobId> ids) {
    mark(ids, JobState::isFinal);
  }

  private Set<JobId> mark(Collection<JobId> ids, Predicate<JobState> condition) {
    return database.statement(
        session -> {
          Set<JobId> marked = new HashSet<>();
          for (JobId id : ids.stream().sorted().toList()) {
            if (database.read(session, id) == null) {
              continue;
            }
            database.lock(session, id);
            Row row = Objects.requireNonNull(database.read(session, id));
            if (condition.test(row.job().standing().state())) {
              boolean due = row.announceDue() || !database.isPlanted(PlantedFault.NO_ANNOUNCE_DUE);
              session.written.put(id, new Row(row.job(), due, row.alone()));
              marked.add(id);
            }
          }
          return marked;
        });
  }

  @Override
  public Set<JobId> change(Collection<JobChange> changes) {
    return database.statement(
        session -> {
          Set<JobId> changed = new HashSet<>();
          for (JobChange change : sorted(changes, JobChange::id)) {
            if (database.read(session, change.id()) == null) {
              continue;
            }
            database.lock(session, change.id());
            Row row = Objects.requireNonNull(database.read(session, change.id()));
            if (database.isPlanted(PlantedFault.NO_FENCING) || stands(row, change.from())) {
              session.written.put(change.id(), changed(row, change));
              changed.add(change.id());
              database.note(() -> change.id() + ": " + change.from() + " -> " + change.to());
            }
          }
          return changed;
        });
  }

  private static boolean stands(Row row, Standing from) {
    Standing now = row.job().standing();
    return now.state() == from.state()
        && now.attempt() == from.attempt()
        && Objects.equals(now.owner(), from.owner());
  }

  private Row changed(Row row, JobChange change) {
    Job job = row.job();
    boolean queued = change.to().state() == JobState.QUEUED;
    boolean due = change.announceDue() && !database.isPlanted(PlantedFault.NO_ANNOUNCE_DUE);
    return new Row(
        new Job(
            job.id(),
            job.order(),
            next(change),
            new Job.Times(
                job.times().createdAt(),
                queued ? database.clock().clock().instant() : null,
                change.startedAt(),
                change.finishedAt()),
            change.setbacks(),
            change.ending()),
        row.announceDue() || due,
        false);
  }

  private Standing next(JobChange change) {
    Standing to = change.to();
    boolean replay = change.from().state().isFinal() && !to.state().isFinal();
    return replay && database.isPlanted(PlantedFault.ATTEMPT_REUSED_ON_REPLAY)
        ? new Standing(to.state(), to.waitReason(), to.dueAt(), change.from().attempt(), to.owner())
        : to;
  }

  @Override
  public void noteDependencies(Collection<Parking> jobs) {
    throw new UnsupportedOperationException("nothing is parked");
  }

  @Override
  public void tellWorker(JobId cancelled) {
    database.statement(session -> session.cancelled.add(cancelled));
  }

  @Override
  public void recordFailures(Collection<AttemptFailure> failures) {
    database.statement(_ -> failures);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return database.statement(
        session -> Optional.ofNullable(database.read(session, id)).map(Row::job));
  }

  @Override
  public List<AttemptFailure> attempts(JobId id) {
    throw new UnsupportedOperationException("nobody asks");
  }

  private static <T> List<T> sorted(Collection<T> rows, Function<T, JobId> id) {
    return rows.stream().sorted(Comparator.comparing(id)).toList();
  }
}

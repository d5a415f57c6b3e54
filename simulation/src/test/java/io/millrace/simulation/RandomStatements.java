package io.millrace.simulation;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.Transition;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.ResultStore;
import io.millrace.simulation.database.Database;
import io.millrace.simulation.database.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Draws statements about a few dozen jobs, from where they stand or once stood. */
final class RandomStatements {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final List<JobType> TYPES = List.of(new JobType("test.a"), new JobType("test.b"));

  private final List<UUID> workers = IntStream.range(0, 12).mapToObj(i -> new UUID(0, i)).toList();
  private final Map<JobId, List<Standing>> seen = new TreeMap<>();
  private final SplittableRandom random;
  private final Database memory;

  RandomStatements(long seed, Database memory) {
    this.random = new SplittableRandom(seed);
    this.memory = memory;
  }

  void registerWorkers(Side side) {
    for (UUID worker : workers) {
      side.workers().register(worker, "name", "version", NOW);
    }
  }

  /** How many jobs there are. */
  int jobs() {
    return memory.rows().size();
  }

  /** Takes in where the jobs stand now. */
  void remember() {
    for (Row row : memory.rows()) {
      seen.computeIfAbsent(row.job().id(), _ -> new ArrayList<>()).add(row.job().standing());
    }
  }

  /** One statement, or a few that belong together. */
  Function<Side, Object> draw() {
    List<JobId> ids = someIds();
    Instant now = someTime();
    JobType type = TYPES.get(random.nextInt(2));
    UUID worker = workers.get(random.nextInt(workers.size()));
    int most = 1 + random.nextInt(4);
    return switch (random.nextInt(24)) {
      case 0, 1, 2 -> insert();
      case 3, 4, 5, 6, 7 -> change();
      case 8 -> side -> sorted(side.jobs().existing(ids));
      case 9 -> side -> side.jobs().lock(ids).stream().map(Texts::of).toList();
      case 10 -> side -> side.jobs().lockIfFree(ids).stream().map(Texts::of).toList();
      case 11 -> runsAlone();
      case 12 ->
          side -> {
            side.jobs().nothingRunsAlone(worker);
            return "";
          };
      case 13 -> side -> sorted(side.jobs().leaveToDispatcher(ids));
      case 14 ->
          side -> {
            side.jobs().announceLater(ids);
            return "";
          };
      case 15 ->
          side ->
              "%s %s %s %s"
                  .formatted(
                      side.due().next(),
                      side.due().waitingTypes(),
                      new TreeMap<>(side.due().queued()),
                      side.due().typesInTurn());
      case 16 ->
          side -> {
            List<String> tenants = side.due().tenantsWithDue(type, "", now, most);
            return tenants + "/" + texts(side.due().lockDue(type, tenants, most, now), Texts::of);
          };
      case 17 ->
          side -> {
            List<String> keys = side.due().keysInTurn(type, "", most);
            return keys + "/" + texts(side.due().lockNextInTurn(type, keys, most), Texts::of);
          };
      case 18 -> side -> texts(side.due().lockLate(now, 100), Texts::of);
      case 19 -> side -> texts(side.due().lockOrphans(now, 100), Texts::of);
      case 20 ->
          side -> {
            List<JobId> untold = side.due().lockUnannounced(100).stream().map(Job::id).toList();
            side.due().announced(untold);
            return sorted(untold);
          };
      case 21, 22 -> dropResults(type, now);
      default -> worker(worker, now);
    };
  }

  /** In slices of which each may be read whole: which results a longer one reads is not said. */
  private Function<Side, Object> dropResults(JobType type, Instant now) {
    boolean allBut = random.nextBoolean();
    Instant after = random.nextBoolean() ? Instant.EPOCH : someTime();
    ResultStore.Slice slice = new ResultStore.Slice(after, now, Set.of(type.name()), allBut);
    return side -> {
      Map<String, Instant> before = side.results().claim().orElseThrow();
      ResultStore.Dropped dropped = side.results().drop(slice, new ResultStore.Most(100, 100), now);
      Map<String, Instant> droppedUntil = new TreeMap<>(before);
      droppedUntil.merge(allBut ? ResultStore.OTHERS : type.name(), now, (_, _) -> now);
      side.results().save(droppedUntil);
      return dropped + " " + new TreeMap<>(before);
    };
  }

  private Function<Side, Object> insert() {
    List<Job> jobs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Job job = job();
      jobs.add(job);
      seen.computeIfAbsent(job.id(), _ -> new ArrayList<>());
    }
    return side -> sorted(side.jobs().insert(jobs)) + " " + holders(side, jobs);
  }

  private static String holders(Side side, List<Job> jobs) {
    return new TreeMap<>(side.jobs().holders(jobs)).toString();
  }

  private Job job() {
    String name = "job-" + random.nextInt(60);
    int place = Math.floorMod(name.hashCode(), 7); // the same name is always the same order
    JobOptions options =
        new JobOptions(
            Lane.NORMAL,
            null,
            place == 0 ? NOW.plusSeconds(30) : null,
            place == 1 ? "unique" : null,
            place == 2 || place == 3 ? "key-" + place : null,
            null,
            null,
            null,
            null,
            null);
    JobType type = TYPES.get(place % 2);
    Job.Order order =
        new Job.Order(
            "tenant-" + place % 3, type, name, options, new byte[] {'1'}, new UUID(0, place));
    Standing standing = standing();
    boolean ended = standing.state().isFinal();
    boolean begun = standing.state() == JobState.RUNNING || standing.state() == JobState.SUCCEEDED;
    return new Job(
        JobId.of(order.tenant(), name),
        order,
        standing,
        new Job.Times(someTime(), begun ? someTime() : null, ended ? someTime() : null),
        Setbacks.NONE,
        standing.state() == JobState.SUCCEEDED
            ? Job.Ending.succeeded(new byte[] {'2'})
            : Job.Ending.NONE);
  }

  private Standing standing() {
    UUID worker = workers.get(random.nextInt(workers.size()));
    return switch (random.nextInt(5)) {
      case 0, 1 -> Standing.running(new LeaseToken(worker, 1));
      case 2 ->
          new Standing(
              JobState.WAITING,
              List.of(WaitReason.SCHEDULED, WaitReason.RETRY, WaitReason.SHARE)
                  .get(random.nextInt(3)),
              someTime(),
              1,
              null);
      case 3 -> new Standing(JobState.SUCCEEDED, null, null, 1, null);
      default -> new Standing(JobState.EXPIRED, null, null, 1, null);
    };
  }

  /** From where a job stands, or stood once. */
  private Function<Side, Object> change() {
    List<JobChange> changes = new ArrayList<>();
    for (JobId id : someIds()) {
      List<Standing> standings = seen.getOrDefault(id, List.of());
      Row row = memory.committed(id);
      if (standings.isEmpty() || row == null) {
        continue;
      }
      Standing from =
          random.nextInt(4) == 0
              ? standings.get(random.nextInt(standings.size()))
              : standings.getLast();
      if (Lifecycle.apply(from, action(from, row.job()), NOW.plusSeconds(1_000))
          instanceof Transition.To(Standing to)) {
        changes.add(change(id, from, to));
      }
    }
    return side -> sorted(side.jobs().change(changes));
  }

  private JobAction action(Standing from, Job job) {
    UUID worker = workers.get(random.nextInt(workers.size()));
    LeaseToken token =
        new LeaseToken(
            from.owner() == null ? worker : Objects.requireNonNull(from.owner()), from.attempt());
    return switch (random.nextInt(11)) {
      case 0, 1 -> new JobAction.Enqueue();
      case 2 -> new JobAction.Start(worker);
      case 3 -> new JobAction.TakeOver(worker);
      case 4 -> new JobAction.Succeed(token);
      case 5 -> new JobAction.Fail(token);
      case 6 -> new JobAction.PutBack(token, WaitReason.RETRY, someTime());
      case 7 -> new JobAction.Cancel();
      case 8 -> new JobAction.Revive(someTime());
      // A type and key that is counted needs a key, and a replay may meet another's unique key.
      case 9 ->
          job.order().options().concurrencyKey() == null
              ? new JobAction.Expire()
              : new JobAction.Defer();
      default ->
          job.order().options().uniqueKey() == null
              ? new JobAction.Replay()
              : new JobAction.Expire();
    };
  }

  private JobChange change(JobId id, Standing from, Standing to) {
    Job.Ending ending =
        switch (to.state()) {
          case SUCCEEDED -> Job.Ending.succeeded(new byte[] {'3'});
          case FAILED -> Job.Ending.failed(new Failure("KIND", "why", null));
          default -> Job.Ending.NONE;
        };
    int failures = random.nextInt(3);
    return new JobChange(
        id,
        TYPES.getFirst(), // of which the stores answer nothing
        from,
        to,
        to.state() == JobState.RUNNING || random.nextInt(2) == 0 ? someTime() : null,
        to.state().isFinal() ? someTime() : null,
        new Setbacks(failures, random.nextInt(3), failures > 0 ? someTime() : null),
        ending,
        random.nextInt(3) == 0);
  }

  private Function<Side, Object> runsAlone() {
    JobId id = someIds().getFirst();
    Row row = memory.committed(id);
    UUID owner = row == null ? null : row.job().standing().owner();
    LeaseToken token =
        new LeaseToken(
            owner == null || random.nextInt(4) == 0 ? workers.getFirst() : owner,
            row == null ? 1 : row.job().standing().attempt());
    return side -> side.jobs().runsAlone(id, token);
  }

  private Function<Side, Object> worker(UUID worker, Instant now) {
    return switch (random.nextInt(4)) {
      case 0 -> side -> new TreeMap<>(side.workers().live());
      case 1 -> declareDead(worker, random.nextInt(3), now);
      case 2 ->
          side -> {
            side.workers().signOff(worker, now);
            return "";
          };
      default -> side -> side.workers().beat(worker, Map.of(), now);
    };
  }

  private static Function<Side, Object> declareDead(UUID worker, long heartbeat, Instant now) {
    return side -> side.workers().declareDead(worker, heartbeat, now);
  }

  private List<JobId> someIds() {
    List<JobId> ids = new ArrayList<>(seen.keySet());
    if (ids.isEmpty()) {
      return List.of(JobId.of("nobody", "nothing"));
    }
    List<JobId> some = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      JobId id = ids.get(random.nextInt(ids.size()));
      if (!some.contains(id)) {
        some.add(id);
      }
    }
    return some;
  }

  /** Each another one, so that an order by time is an order. */
  private Instant someTime() {
    return NOW.plusNanos(1_000L * random.nextInt(60_000_000));
  }

  private static <T> List<String> texts(Collection<T> rows, Function<T, String> text) {
    return rows.stream().map(text).sorted().toList();
  }

  private static List<JobId> sorted(Collection<JobId> ids) {
    return ids.stream().sorted(Comparator.naturalOrder()).toList();
  }
}

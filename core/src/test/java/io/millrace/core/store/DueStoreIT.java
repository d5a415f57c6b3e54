package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.lease.JdbcWorkerStore;
import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.lease.WorkerStore;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class DueStoreIT {

  private static final JobType TYPE = new JobType("test.job");
  private static final Instant NOW = JobFixture.FINISHED.plusSeconds(60);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final DueStore due = new JdbcDueStore(jdbc);
  private final TransactionTemplate transaction = database.transaction();

  @Test
  void findsWhatIsDueOfEachTenant() {
    Job first = aJob("1").waiting(WaitReason.RETRY, NOW.minusSeconds(2)).build();
    Job second = aJob("2").waiting(WaitReason.RETRY, NOW.minusSeconds(1)).build();
    Job later = aJob("3").waiting(WaitReason.SCHEDULED, NOW.plusSeconds(1)).build();
    Job others = aJob("4").of("zebra").waiting(WaitReason.SCHEDULED, NOW).build();
    Job inTurn = aJob("5").of("queue").waiting(WaitReason.CONCURRENCY, NOW).build();
    Job running = aJob("6").build();
    jobs.insert(List.of(first, second, later, others, inTurn, running));

    assertThat(due.waitingTypes()).containsExactly(TYPE);
    assertThat(due.next()).contains(NOW.minusSeconds(2));
    assertThat(due.tenantsWithDue(TYPE, "", NOW, 10)).containsExactly("acme", "zebra");
    assertThat(due.tenantsWithDue(TYPE, "acme", NOW, 10)).containsExactly("zebra");
    assertThat(due.tenantsWithDue(TYPE, "", NOW, 1)).containsExactly("acme");
    assertThat(lockDue(List.of("acme", "zebra"), 1))
        .extracting(JobHead::id)
        .containsExactlyInAnyOrder(first.id(), others.id());
    assertThat(lockDue(List.of("acme", "zebra"), 9))
        .extracting(JobHead::id)
        .containsExactlyInAnyOrder(first.id(), second.id(), others.id());
  }

  @Test
  void passesOverWhatAnotherDispatcherHasLocked() {
    Job first = aJob("1").waiting(WaitReason.RETRY, NOW.minusSeconds(2)).build();
    Job second = aJob("2").waiting(WaitReason.RETRY, NOW.minusSeconds(1)).build();
    jobs.insert(List.of(first, second));

    List<JobHead> others =
        locking(
            () -> {
              List<JobHead> mine = due.lockDue(TYPE, List.of("acme"), 1, NOW);
              assertThat(mine).extracting(JobHead::id).containsExactly(first.id());
              return elsewhere(() -> due.lockDue(TYPE, List.of("acme"), 9, NOW));
            });

    assertThat(others).extracting(JobHead::id).containsExactly(second.id());
  }

  @Test
  void letsSoManyOfAKeyRunAsThereIsRoom() {
    JobOptions keyed = keyed("printer");
    List<Job> rows = new ArrayList<>();
    rows.add(aJob("running").with(keyed).build());
    for (int i = 0; i < 5; i++) {
      rows.add(aJob("w" + i).with(keyed).waiting(WaitReason.CONCURRENCY, NOW).build());
    }
    rows.add(aJob("other").with(keyed("scanner")).waiting(WaitReason.CONCURRENCY, NOW).build());
    jobs.insert(rows);

    assertThat(due.keysInTurn(TYPE, "", 10)).containsExactly("printer", "scanner");
    assertThat(inTurn(1)).containsExactly("scanner");
    assertThat(inTurn(3)).containsExactlyInAnyOrder("printer", "printer", "scanner");
    List<JobHead> others =
        locking(
            () -> {
              due.lockNextInTurn(TYPE, List.of("printer"), 2);
              return elsewhere(() -> due.lockNextInTurn(TYPE, List.of("printer"), 9));
            });
    assertThat(others).as("a key that another dispatcher counts").isEmpty();
  }

  @Test
  void findsWhatIsTooLateToBegin() {
    Job late = aJob("late").with(until(NOW)).waiting().build();
    Job inTime = aJob("in time").with(until(NOW.plusSeconds(1))).waiting().build();
    Job begun = aJob("begun").with(until(NOW)).build();
    jobs.insert(List.of(late, inTime, begun));

    assertThat(locking(() -> due.lockLate(NOW, 9)))
        .extracting(JobHead::id)
        .containsExactly(late.id());
  }

  @Test
  void findsTheJobsOfWorkersThatHaveEnded() {
    WorkerStore workers = new JdbcWorkerStore(jdbc);
    UUID living = worker(workers);
    UUID gone = worker(workers);
    UUID dead = worker(workers);
    workers.signOff(gone, NOW.minusSeconds(30));
    workers.declareDead(dead, 0, NOW);
    Job hers = aJob("living").runningOn(living, 1).build();
    Job his = aJob("gone").runningOn(gone, 2).build();
    Job acknowledged = aJob("acknowledged").runningOn(dead, 3).build();
    Job redelivered = aJob("redelivered").runningOn(dead, 4).build();
    jobs.insert(List.of(hers, his, acknowledged, redelivered));
    assertThat(jobs.leaveToDispatcher(List.of(acknowledged.id())))
        .containsExactly(acknowledged.id());

    List<OrphanedJob> orphans = locking(() -> due.lockOrphans(NOW.minusSeconds(10), 9));

    assertThat(orphans)
        .extracting(orphan -> orphan.head().id(), OrphanedJob::ownerEnd)
        .containsExactlyInAnyOrder(
            tuple(his.id(), OwnerEnd.SIGNED_OFF), tuple(acknowledged.id(), OwnerEnd.DECLARED_DEAD));
  }

  @Test
  void findsEndsThatNobodyHasAnnounced() {
    Job job = aJob("1").build();
    jobs.insert(List.of(job, aJob("2").succeeded("1").build()));
    jobs.leaveToDispatcher(List.of(job.id()));
    assertThat(unannounced()).as("it still runs").isEmpty();
    jobs.change(
        List.of(
            new JobChange(
                job.id(),
                job.order().type(),
                job.standing(),
                new Standing(JobState.SUCCEEDED, null, null, 1, null),
                JobFixture.STARTED,
                NOW,
                Setbacks.NONE,
                Job.Ending.succeeded(new byte[] {'1'}),
                false)));

    assertThat(unannounced()).containsExactly(job.id());
    due.announced(List.of(job.id()));
    assertThat(unannounced()).isEmpty();
  }

  @Test
  void knowsSinceWhenAMessageIsInTheBroker() {
    Job job = aJob("1").waiting().build();
    jobs.insert(List.of(job));
    jobs.change(
        List.of(
            new JobChange(
                job.id(),
                job.order().type(),
                job.standing(),
                new Standing(JobState.QUEUED, null, null, 1, null),
                null,
                null,
                Setbacks.NONE,
                Job.Ending.NONE,
                false)));

    assertThat(due.queued()).containsEntry(TYPE, 1);
    assertThat(queuedBefore(Instant.now().minusSeconds(60))).isEmpty();
    assertThat(queuedBefore(Instant.now().plusSeconds(60))).containsExactly(job.id());
    assertThat(due.next()).isEmpty();
  }

  @Test
  void marksASuspectThatRunsAlone() {
    Job job = aJob("1").build();
    jobs.insert(List.of(job));

    assertThat(jobs.runsAlone(job.id(), new LeaseToken(JobFixture.WORKER, 2))).isFalse();
    assertThat(jobs.runsAlone(job.id(), new LeaseToken(JobFixture.WORKER, 1))).isTrue();
    assertThat(locking(() -> jobs.lock(List.of(job.id()))).getFirst().alone()).isTrue();
  }

  @Test
  void refusesASecondJobWithTheSameUniqueKeyWhileTheFirstIsOnItsWay() {
    JobOptions key =
        new JobOptions(Lane.NORMAL, null, null, "k", null, null, null, null, null, null);
    Job first = aJob("1").with(key).build();
    Job second = aJob("2").with(key).build();
    Job third = aJob("3").with(key).build();

    assertThat(jobs.insert(List.of(first, second))).hasSize(1);
    JobId holder = jobs.find(first.id()).isPresent() ? first.id() : second.id();
    assertThat(jobs.holders(List.of(third))).containsEntry(third.id(), holder);
    jdbc.sql("UPDATE job SET state = 'CANCELLED', owner = NULL, finished_at = now()").update();
    assertThat(jobs.holders(List.of(third))).isEmpty();
    assertThat(jobs.insert(List.of(third))).containsExactly(third.id());
  }

  private List<JobHead> lockDue(List<String> tenants, int each) {
    return locking(() -> due.lockDue(TYPE, tenants, each, NOW));
  }

  private List<String> inTurn(int limit) {
    return locking(() -> due.lockNextInTurn(TYPE, List.of("printer", "scanner"), limit)).stream()
        .map(head -> Objects.requireNonNull(head.concurrencyKey()))
        .toList();
  }

  private List<JobId> unannounced() {
    return locking(() -> due.lockUnannounced(9)).stream().map(Job::id).toList();
  }

  private List<JobId> queuedBefore(Instant before) {
    return locking(() -> due.lockQueuedBefore(TYPE, before, 9)).stream().map(JobHead::id).toList();
  }

  private <T> T locking(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }

  /** In a transaction of another thread, while the one of this thread is open. */
  private <T> T elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(() -> locking(work)).join();
  }

  private static UUID worker(WorkerStore workers) {
    UUID worker = UUID.randomUUID();
    workers.register(worker, "w", "1", JobFixture.STARTED);
    return worker;
  }

  private static JobOptions keyed(String key) {
    return new JobOptions(Lane.NORMAL, null, null, null, key, null, null, null, null, null);
  }

  private static JobOptions until(Instant deadline) {
    return new JobOptions(Lane.NORMAL, null, deadline, null, null, null, null, null, null, null);
  }
}

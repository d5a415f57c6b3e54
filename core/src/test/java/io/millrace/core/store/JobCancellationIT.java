package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.STARTED;
import static io.millrace.core.store.JobFixture.WORKER;
import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.Transition;
import io.millrace.core.job.WaitReason;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JobCancellationIT {

  private static final Instant NOW = JobFixture.FINISHED.plusSeconds(1);

  @AutoClose private static final MigratedDatabase DATABASE = MigratedDatabase.fresh();

  private final JdbcClient jdbc = DATABASE.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final TransactionTemplate transaction = DATABASE.transaction();
  private final JobCancellation cancellation = new JobCancellation(jobs, transaction, () -> NOW);

  @Test
  void callsOffWhatWaits() {
    Setbacks setbacks = new Setbacks(2, 1, STARTED);
    Job job =
        recorded(
            aJob("waiting").waiting(WaitReason.RETRY, NOW.plusSeconds(60)).with(setbacks).build());

    assertThat(cancellation.cancel(job.id())).isEqualTo(new Cancellation.Cancelled(job.standing()));

    Job cancelled = assertCancelled(job.id());
    assertThat(cancelled.times().startedAt()).isNull();
    assertThat(cancelled.times().finishedAt()).isEqualTo(NOW);
    assertThat(cancelled.setbacks()).isEqualTo(setbacks);
    assertThat(cancelled.ending()).isEqualTo(Job.Ending.NONE);
  }

  @Test
  void callsOffWhatIsQueued() {
    Job waiting = recorded(aJob("queued").waiting().build());
    Standing queued = next(waiting.standing(), new JobAction.Enqueue());
    jobs.change(List.of(change(waiting, queued, null, Job.Ending.NONE)));

    assertThat(cancellation.cancel(waiting.id())).isEqualTo(new Cancellation.Cancelled(queued));

    assertCancelled(waiting.id());
  }

  @Test
  void callsOffWhatRunsAndTellsItsWorkerAndNobodyElse() throws InterruptedException {
    Job waiting = recorded(aJob("not told").waiting().build());
    Job running = recorded(aJob("running").build());
    try (Notifications told = new Notifications(DATABASE.dataSource(), Notifications.CANCELLED)) {
      assertThat(told.await(Duration.ofMillis(1))).as("it listens from now on").isEmpty();

      cancellation.cancel(waiting.id());
      assertThat(cancellation.cancel(running.id()))
          .isEqualTo(new Cancellation.Cancelled(running.standing()));

      assertThat(told.await(Duration.ofSeconds(30))).containsExactly(running.id().toString());
    }
    assertThat(assertCancelled(running.id()).times().startedAt()).isEqualTo(STARTED);
    assertThat(settle(running)).as("a late commit of its worker").isEmpty();
    assertCancelled(running.id());
  }

  @Test
  void tellsNobodyOfWhatIsRolledBack() throws InterruptedException {
    Job first = recorded(aJob("rolled back").build());
    Job second = recorded(aJob("committed").build());
    try (Notifications told = new Notifications(DATABASE.dataSource(), Notifications.CANCELLED)) {
      assertThat(told.await(Duration.ofMillis(1))).as("it listens from now on").isEmpty();

      transaction.executeWithoutResult(
          status -> {
            cancellation.cancel(first.id());
            status.setRollbackOnly();
          });
      cancellation.cancel(second.id());

      assertThat(told.await(Duration.ofSeconds(30))).containsExactly(second.id().toString());
    }
    assertThat(state(first.id())).isEqualTo(JobState.RUNNING);
  }

  @Test
  void leavesAsItIsWhatHasEnded() {
    Job succeeded = recorded(aJob("succeeded").succeeded("1").build());
    Job failed = recorded(aJob("failed").failed("no").build());

    assertThat(cancellation.cancel(succeeded.id()))
        .isEqualTo(new Cancellation.AlreadyEnded(JobState.SUCCEEDED));
    assertThat(cancellation.cancel(failed.id()))
        .isEqualTo(new Cancellation.AlreadyEnded(JobState.FAILED));

    assertThat(jobs.find(succeeded.id())).get().usingRecursiveComparison().isEqualTo(succeeded);
    assertThat(unannounced()).doesNotContain(succeeded.id(), failed.id());
  }

  @Test
  void saysThatAJobIsUnknown() {
    assertThat(cancellation.cancel(JobId.of("acme", "nobody")))
        .isEqualTo(new Cancellation.Unknown());
  }

  @Test
  void freesItsUniqueKey() {
    JobOptions key =
        new JobOptions(Lane.NORMAL, null, null, "key", null, null, null, null, null, null);
    Job first = recorded(aJob("first with key").with(key).waiting().build());
    Job second = aJob("second with key").with(key).build();
    assertThat(jobs.insert(List.of(second))).isEmpty();

    cancellation.cancel(first.id());

    assertThat(jobs.insert(List.of(second))).containsExactly(second.id());
  }

  @Test
  void letsOneOfTwoAtOnceCancel() throws Exception {
    for (int i = 0; i < 20; i++) {
      Job job = recorded(aJob("twice-" + i).build());

      List<Cancellation> answers =
          together(() -> cancellation.cancel(job.id()), () -> cancellation.cancel(job.id()));

      assertThat(answers)
          .containsExactlyInAnyOrder(
              new Cancellation.Cancelled(job.standing()),
              new Cancellation.AlreadyEnded(JobState.CANCELLED));
    }
  }

  @Test
  void letsEitherTheSettlementOrTheCancellationWin() throws Exception {
    for (int i = 0; i < 50; i++) {
      Job job = recorded(aJob("race-" + i).build());

      List<Object> answers = together(() -> cancellation.cancel(job.id()), () -> settle(job));

      boolean settled = answers.get(1).equals(Set.of(job.id()));
      assertThat(answers.getFirst())
          .isEqualTo(
              settled
                  ? new Cancellation.AlreadyEnded(JobState.SUCCEEDED)
                  : new Cancellation.Cancelled(job.standing()));
      assertThat(state(job.id())).isEqualTo(settled ? JobState.SUCCEEDED : JobState.CANCELLED);
    }
  }

  @Test
  void waitsForASettlementThatIsBeingWritten() {
    Job job = recorded(aJob("being settled").build());

    CompletableFuture<Cancellation> answer =
        Objects.requireNonNull(
            transaction.execute(
                _ -> {
                  settle(job);
                  CompletableFuture<Cancellation> other =
                      CompletableFuture.supplyAsync(() -> cancellation.cancel(job.id()));
                  awaitSomebodyWhoWaits();
                  return other;
                }));

    assertThat(answer.join()).isEqualTo(new Cancellation.AlreadyEnded(JobState.SUCCEEDED));
    assertThat(state(job.id())).isEqualTo(JobState.SUCCEEDED);
  }

  /** Looks from outside of the transaction of this thread. */
  private static void awaitSomebodyWhoWaits() {
    JdbcClient outside = JdbcClient.create(DATABASE.dataSource());
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    boolean waits = false;
    while (!waits) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
      waits =
          outside
              .sql(
                  """
                  SELECT EXISTS (SELECT FROM pg_stat_activity
                  WHERE datname = current_database() AND wait_event_type = 'Lock')
                  """)
              .query(Boolean.class)
              .single();
    }
  }

  private Job recorded(Job job) {
    assertThat(jobs.insert(List.of(job))).containsExactly(job.id());
    return job;
  }

  /** As its worker does with the result. */
  private Set<JobId> settle(Job job) {
    Standing to = next(job.standing(), new JobAction.Succeed(new LeaseToken(WORKER, 1)));
    return jobs.change(List.of(change(job, to, NOW, Job.Ending.succeeded(new byte[] {'1'}))));
  }

  private static JobChange change(Job job, Standing to, @Nullable Instant end, Job.Ending ending) {
    return new JobChange(
        job.id(),
        job.order().type(),
        job.standing(),
        to,
        job.times().startedAt(),
        end,
        job.setbacks(),
        ending,
        false);
  }

  private static Standing next(Standing from, JobAction action) {
    return ((Transition.To) Lifecycle.apply(from, action, NOW)).next();
  }

  private JobState state(JobId id) {
    return jobs.find(id).orElseThrow().standing().state();
  }

  private Job assertCancelled(JobId id) {
    Job job = jobs.find(id).orElseThrow();
    assertThat(job.standing().state()).isEqualTo(JobState.CANCELLED);
    assertThat(unannounced()).as("left to the dispatcher").contains(id);
    return job;
  }

  private List<JobId> unannounced() {
    DueStore due = new JdbcDueStore(jdbc);
    return Objects.requireNonNull(transaction.execute(_ -> due.lockUnannounced(1_000))).stream()
        .map(Job::id)
        .toList();
  }

  @SafeVarargs
  private static <T> List<T> together(Supplier<? extends T>... works) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(works.length)) {
      List<Future<T>> running = new ArrayList<>();
      for (Supplier<? extends T> work : works) {
        running.add(
            threads.submit(
                () -> {
                  begin.await();
                  return work.get();
                }));
      }
      begin.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> each : running) {
        answers.add(each.get());
      }
      return answers;
    }
  }
}

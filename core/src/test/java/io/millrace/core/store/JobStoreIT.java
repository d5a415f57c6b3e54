package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.FINISHED;
import static io.millrace.core.store.JobFixture.STARTED;
import static io.millrace.core.store.JobFixture.WORKER;
import static io.millrace.core.store.JobFixture.aJob;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.lease.JdbcWorkerStore;
import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.lease.WorkerStore;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JobStoreIT {

  @AutoClose private static final MigratedDatabase DATABASE = MigratedDatabase.fresh();

  private final JdbcClient jdbc = DATABASE.jdbc();
  private final JobStore store = new JdbcJobStore(jdbc);
  private final TransactionTemplate transaction = DATABASE.transaction();

  @Test
  void readsBackWhatItWrote() {
    Job plain = aJob("read-1").succeeded("{\"b\":2}").build();
    Job full =
        aJob("read-2 with 'quotes', \\ {braces}, \"more\" and \u00e4\uD83D\uDE00")
            .with(
                new JobOptions(
                    Lane.HIGH,
                    null,
                    FINISHED,
                    "unique",
                    "concurrency",
                    "subject",
                    "millrace.reply.x",
                    "correlation",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "/source"))
            .failed("no, \"really\" not\n{}")
            .build();

    assertThat(store.insert(List.of(plain, full))).containsExactlyInAnyOrder(plain.id(), full.id());

    assertThat(store.find(plain.id())).get().usingRecursiveComparison().isEqualTo(plain);
    assertThat(store.find(full.id())).get().usingRecursiveComparison().isEqualTo(full);
    assertThat(store.find(JobId.of("acme", "nobody"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2255-06-06T00:00:00.000001Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void keepsEveryTimeThatAMessageMayNameToTheMicrosecond(String time) {
    Instant deadline = Instant.parse(time);
    JobOptions options =
        new JobOptions(Lane.NORMAL, null, deadline, null, null, null, null, null, null, null);
    Job job = aJob("until " + time).with(options).build();

    store.insert(List.of(job));

    assertThat(store.find(job.id()).orElseThrow().order().options().deadline()).isEqualTo(deadline);
  }

  @Test
  void leavesAsItIsWhatIsThere() {
    Job first = aJob("twice").succeeded("1").build();
    Job second = aJob("twice").succeeded("2").build();
    Job other = aJob("once").succeeded("3").build();
    store.insert(List.of(first));

    assertThat(store.insert(List.of(second, other))).containsExactly(other.id());

    assertThat(store.find(first.id()).orElseThrow().ending().result())
        .isEqualTo("1".getBytes(UTF_8));
    assertThat(store.existing(List.of(first.id(), other.id(), JobId.of("acme", "absent"))))
        .containsExactlyInAnyOrder(first.id(), other.id());
  }

  @Test
  void recordsOnceWhatManyInsertAtTheSameTime() throws Exception {
    List<Job> jobs =
        new ArrayList<>(IntStream.range(0, 200).mapToObj(i -> aJob("race-" + i).build()).toList());
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> inserted = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        List<Job> mine = new ArrayList<>(jobs);
        Collections.rotate(mine, i * 50);
        inserted.add(
            threads.submit(
                () -> {
                  together.await();
                  return store.insert(mine).size();
                }));
      }
      together.countDown();

      int sum = 0;
      for (Future<Integer> each : inserted) {
        sum += each.get();
      }
      assertThat(sum).isEqualTo(jobs.size());
    }
  }

  @Test
  void writesAnEndOnlyForTheHolderOfTheLease() {
    Job job = aJob("fenced").runningOn(WORKER, 2).build();
    store.insert(List.of(job));

    assertThat(store.change(List.of(success(job, new LeaseToken(new UUID(9, 9), 2))))).isEmpty();
    assertThat(store.change(List.of(success(job, new LeaseToken(WORKER, 1))))).isEmpty();
    assertThat(store.change(List.of(success(job, new LeaseToken(WORKER, 2)))))
        .containsExactly(job.id());
    assertThat(store.change(List.of(success(job, new LeaseToken(WORKER, 2))))).isEmpty();

    assertThat(store.find(job.id()).orElseThrow().standing().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void tellsWhetherTheOwnerHasEnded() {
    WorkerStore workers = new JdbcWorkerStore(jdbc);
    UUID living = UUID.randomUUID();
    UUID gone = UUID.randomUUID();
    workers.register(living, "a", "1", STARTED);
    workers.register(gone, "b", "1", STARTED);
    workers.signOff(gone, FINISHED);
    Job hers = aJob("owner-1").runningOn(living, 1).build();
    Job his = aJob("owner-2").runningOn(gone, 1).build();
    Job nobodys = aJob("owner-3").waiting().build();
    store.insert(List.of(hers, his, nobodys));

    List<LockedJob> locked =
        transaction.execute(_ -> store.lock(List.of(his.id(), hers.id(), nobodys.id())));

    assertThat(locked)
        .extracting(each -> each.job().id(), LockedJob::ownerEnd)
        .containsExactlyInAnyOrder(
            tuple(hers.id(), null),
            tuple(his.id(), OwnerEnd.SIGNED_OFF),
            tuple(nobodys.id(), null));
    assertThat(locked.stream().map(each -> each.job().id())).isSorted();
  }

  @Test
  void keepsAFailedAttemptOnce() {
    Job job = aJob("attempts").failed("no").build();
    store.insert(List.of(job));
    AttemptFailure failure =
        new AttemptFailure(
            job.id(),
            1,
            WORKER,
            STARTED,
            FINISHED,
            new Failure("Broken", "no", "why"),
            "{\"status\":503,\"body\":\"\\u0000\"}");

    store.recordFailures(List.of(failure));
    store.recordFailures(List.of(failure));

    assertThat(store.attempts(job.id())).containsExactly(failure);
  }

  @Test
  void refusesWhatTheStateMachineWouldNotSay() {
    Job job = aJob("checks").build();
    store.insert(List.of(job));

    for (String broken :
        List.of(
            "state = 'DONE'",
            "owner = NULL",
            "finished_at = now()",
            "result = '1'",
            "failure_class = 'x'",
            "wait_reason = 'RETRY'",
            "due_at = now()",
            "attempt = 0",
            "duplicate_of = id",
            "started_at = NULL",
            "queued_at = now()",
            "failures = 1",
            "first_failure_at = now()",
            "crashes = -1",
            "state = 'SUCCEEDED', owner = NULL, finished_at = now()",
            "state = 'FAILED', owner = NULL, finished_at = now()",
            "state = 'WAITING', owner = NULL, due_at = now()")) {
      assertThatThrownBy(
              () ->
                  jdbc.sql("UPDATE job SET " + broken + " WHERE id = :id")
                      .param("id", job.id().value())
                      .update())
          .as(broken)
          .isInstanceOf(DataIntegrityViolationException.class);
    }
  }

  @Test
  void keepsHowFarAJobIsWhileItsLeaseIsHeld() {
    Job job = aJob("far").build();
    store.insert(List.of(job));
    LeaseToken token =
        new LeaseToken(Objects.requireNonNull(job.standing().owner()), job.standing().attempt());
    LeaseToken anothers = new LeaseToken(UUID.randomUUID(), token.attempt());

    store.report(List.of(new JobProgress(job.id(), anothers, 0.9, "not mine")));
    assertThat(store.progress(job.id())).isEmpty();

    JobProgress half = new JobProgress(job.id(), token, 0.5, "half of it");
    store.report(List.of(half));
    assertThat(store.progress(job.id())).contains(half);

    store.change(List.of(success(job, token)));
    assertThat(store.progress(job.id())).isEmpty();
  }

  @Test
  void letsNobodyBeatWhoHasEnded() {
    WorkerStore workers = new JdbcWorkerStore(jdbc);
    UUID worker = UUID.randomUUID();
    workers.register(worker, "c", "1", STARTED);

    assertThat(workers.beat(worker, Map.of(), FINISHED)).isTrue();
    assertThat(workers.live()).containsEntry(worker, 1L);
    assertThat(workers.declareDead(worker, 0, FINISHED)).as("it has beaten since").isFalse();
    assertThat(workers.declareDead(worker, 1, FINISHED)).isTrue();
    assertThat(workers.beat(worker, Map.of(), FINISHED)).isFalse();
    assertThat(workers.live()).doesNotContainKey(worker);
  }

  private static JobChange success(Job job, LeaseToken token) {
    return new JobChange(
        job.id(),
        job.order().type(),
        Standing.running(token),
        new Standing(JobState.SUCCEEDED, null, null, token.attempt(), null),
        STARTED,
        FINISHED,
        Setbacks.NONE,
        Job.Ending.succeeded("1".getBytes(UTF_8)),
        false);
  }
}

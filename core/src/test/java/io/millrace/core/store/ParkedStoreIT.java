package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class ParkedStoreIT {

  private static final DependencyKey BUREAU = new DependencyKey("bureau");
  private static final DependencyKey HOST = new DependencyKey("webhook/hooks.example.com");
  private static final Duration LONG = Duration.ofHours(1);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final ParkedStore parked = new JdbcParkedStore(jdbc);
  private final DependencyStore dependencies = new JdbcDependencyStore(jdbc);
  private final TransactionTemplate transaction = database.transaction();

  @Test
  void bringsBackTenantByTenantAndNoMoreThanTheWindow() {
    for (int i = 0; i < 5; i++) {
      park(BUREAU, "acme", "acme-" + i);
    }
    park(BUREAU, "zebra", "zebra-0");
    park(HOST, "acme", "other");

    assertThat(parked.awaited("", 10)).containsExactly(BUREAU, HOST);
    assertThat(parked.awaited("bureau", 10)).containsExactly(HOST);
    assertThat(next(BUREAU, 4, "")).containsExactlyInAnyOrder("acme", "acme", "zebra");
    assertThat(next(BUREAU, 1, "")).containsExactly("acme");
    assertThat(next(BUREAU, 1, "acme")).containsExactly("zebra");
    assertThat(next(BUREAU, 1, "zebra")).isEmpty();

    enqueue(BUREAU, 4);
    assertThat(next(BUREAU, 4, "")).as("three are on their way").hasSize(1);
    assertThat(next(BUREAU, 3, "")).isEmpty();
  }

  @Test
  void leavesADependencyToTheDispatcherThatHasIt() {
    park(BUREAU, "acme", "1");
    park(BUREAU, "acme", "2");

    List<JobHead> others =
        locking(
            () -> {
              assertThat(parked.lockNext(BUREAU, 1, "")).hasSize(1);
              return CompletableFuture.supplyAsync(
                      () -> locking(() -> parked.lockNext(BUREAU, 9, "")))
                  .join();
            });

    assertThat(others).isEmpty();
  }

  @Test
  void notesNothingForAJobThatHasANewOwner() {
    Job job = aJob("1").build();
    jobs.insert(List.of(job));

    jobs.noteDependencies(
        List.of(new Parking(job.id(), new LeaseToken(JobFixture.WORKER, 2), BUREAU)));

    assertThat(
            jdbc.sql("SELECT count(*) FROM job WHERE dependency IS NULL")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void opensOnceAndWaitsTwiceAsLongEachTimeAProbeFails() {
    Duration wait = Duration.ofMinutes(1);
    assertThat(dependencies.open(BUREAU, Circuit.HALF_OPEN, wait, LONG, "no row"))
        .as("a probe of what nobody opened")
        .isFalse();
    assertThat(dependencies.open(BUREAU, Circuit.CLOSED, wait, LONG, "down")).isTrue();
    assertThat(dependencies.open(BUREAU, Circuit.CLOSED, wait, LONG, "down")).isFalse();
    assertThat(state(BUREAU).circuit()).isEqualTo(Circuit.OPEN);
    assertThat(state(BUREAU).untilRetry()).isBetween(Duration.ofSeconds(50), wait);

    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      letRetry(BUREAU);
      assertThat(dependencies.probe(BUREAU, LONG)).isTrue();
      assertThat(dependencies.probe(BUREAU, LONG)).as("one probe at a time").isFalse();
      assertThat(dependencies.open(BUREAU, Circuit.HALF_OPEN, wait, LONG, "down still")).isTrue();
      waits.add(state(BUREAU).untilRetry());
    }

    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(110), Duration.ofMinutes(2));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(230), Duration.ofMinutes(4));
    assertThat(waits.getLast()).isLessThanOrEqualTo(LONG);
  }

  @Test
  void aProbeThatIsLostIsMadeAgain() {
    dependencies.open(BUREAU, Circuit.CLOSED, Duration.ofMillis(1), LONG, "down");
    letRetry(BUREAU);
    assertThat(dependencies.probe(BUREAU, LONG)).isTrue();
    letRetry(BUREAU);

    assertThat(dependencies.probe(BUREAU, LONG)).isTrue();
    assertThat(dependencies.close(BUREAU)).isTrue();
    assertThat(dependencies.close(BUREAU)).isFalse();
    assertThat(state(BUREAU).circuit()).isEqualTo(Circuit.CLOSED);
    assertThat(dependencies.probe(BUREAU, LONG)).as("nothing to probe").isFalse();
  }

  @Test
  void restsAsLongAsTheLongestRestThatWasAskedFor() {
    dependencies.rest(HOST, Duration.ofMinutes(2));
    dependencies.rest(HOST, Duration.ofMinutes(1));

    assertThat(state(HOST).circuit()).isEqualTo(Circuit.CLOSED);
    assertThat(state(HOST).rest()).isBetween(Duration.ofSeconds(110), Duration.ofMinutes(2));
    assertThat(dependencies.troubled()).containsOnlyKeys(HOST);
  }

  private DependencyState state(DependencyKey key) {
    return Objects.requireNonNull(dependencies.troubled().get(key));
  }

  private void letRetry(DependencyKey key) {
    jdbc.sql("UPDATE dependency SET retry_at = clock_timestamp() WHERE key = :key")
        .param("key", key.value())
        .update();
  }

  private void park(DependencyKey key, String tenant, String messageId) {
    Job job = aJob(messageId).of(tenant).build();
    jobs.insert(List.of(job));
    LeaseToken token = new LeaseToken(JobFixture.WORKER, 1);
    jobs.noteDependencies(List.of(new Parking(job.id(), token, key)));
    Instant now = JobFixture.FINISHED;
    change(
        job.id(), job.standing(), new Standing(JobState.WAITING, WaitReason.PARKED, now, 2, null));
  }

  private void enqueue(DependencyKey key, int most) {
    for (JobHead head : locking(() -> parked.lockNext(key, most, ""))) {
      change(head.id(), head.standing(), new Standing(JobState.QUEUED, null, null, 2, null));
    }
  }

  private void change(JobId id, Standing from, Standing to) {
    assertThat(
            jobs.change(
                List.of(
                    new JobChange(
                        id,
                        new JobType("test.job"),
                        from,
                        to,
                        null,
                        null,
                        Setbacks.NONE,
                        Job.Ending.NONE,
                        false))))
        .containsExactly(id);
  }

  private List<String> next(DependencyKey key, int window, String after) {
    return locking(() -> parked.lockNext(key, window, after)).stream()
        .map(JobHead::tenant)
        .toList();
  }

  private List<JobHead> locking(Supplier<List<JobHead>> look) {
    return Objects.requireNonNull(transaction.execute(_ -> look.get()));
  }
}

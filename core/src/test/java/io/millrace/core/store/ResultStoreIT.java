package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.FINISHED;
import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.ResultStore.Dropped;
import io.millrace.core.store.ResultStore.Most;
import io.millrace.core.store.ResultStore.Slice;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class ResultStoreIT {

  private static final Instant NOW = FINISHED.plusSeconds(60);
  private static final Most PLENTY = new Most(100, 100);
  private static final Slice ALL = new Slice(Instant.EPOCH, FINISHED, Set.of(), true);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final ResultStore results = new JdbcResultStore(jdbc);
  private final TransactionTemplate transaction = database.transaction();

  @Test
  void dropsTheResultAndKeepsTheRow() {
    Job old = inserted(aJob("old").succeeded("{}").build());
    Job failed = inserted(aJob("failed").failed("no").build());
    Job running = inserted(aJob("running").build());

    assertThat(drop(ALL, PLENTY)).isEqualTo(new Dropped(1, 1, 1));

    Job dropped = found(old);
    assertThat(dropped.standing()).isEqualTo(old.standing());
    assertThat(dropped.times()).isEqualTo(old.times());
    assertThat(dropped.ending()).isEqualTo(new Job.Ending(null, NOW, null, null, null));
    assertThat(found(failed).ending()).isEqualTo(failed.ending());
    assertThat(found(running).standing()).isEqualTo(running.standing());
    assertThat(drop(ALL, PLENTY)).as("once more").isEqualTo(new Dropped(0, 0, 0));
  }

  @Test
  void looksAtItsSliceOfTimeAndItsTypesOnly() {
    inserted(aJob("old").succeeded("{}").build());

    assertThat(drop(new Slice(FINISHED, NOW, Set.of(), true), PLENTY))
        .isEqualTo(new Dropped(0, 0, 0));
    assertThat(drop(new Slice(Instant.EPOCH, FINISHED.minusNanos(1_000), Set.of(), true), PLENTY))
        .isEqualTo(new Dropped(0, 0, 0));
    assertThat(drop(new Slice(Instant.EPOCH, NOW, Set.of("test.job"), true), PLENTY))
        .isEqualTo(new Dropped(1, 0, 0));
    assertThat(drop(new Slice(Instant.EPOCH, NOW, Set.of("other"), false), PLENTY))
        .isEqualTo(new Dropped(1, 0, 0));
    assertThat(drop(new Slice(Instant.EPOCH, NOW, Set.of("test.job"), false), PLENTY))
        .isEqualTo(new Dropped(1, 1, 1));
  }

  @Test
  void dropsNoMoreThanItMay() {
    for (int i = 0; i < 5; i++) {
      inserted(aJob("old-" + i).succeeded("{}").build());
    }

    assertThat(drop(ALL, new Most(3, 3))).isEqualTo(new Dropped(3, 3, 3));
    assertThat(drop(ALL, new Most(100, 1))).isEqualTo(new Dropped(2, 2, 1));
  }

  @Test
  void leavesWhatIsStillToBeAnnouncedOrIsLockedByAnother() {
    Job untold = inserted(aJob("untold").succeeded("{}").build());
    Job locked = inserted(aJob("locked").succeeded("{}").build());
    inserted(aJob("free").succeeded("{}").build());
    jobs.announceLater(List.of(untold.id()));

    Dropped found =
        inTransaction(
            () -> {
              jobs.lock(List.of(locked.id()));
              return elsewhere(() -> drop(ALL, PLENTY));
            });

    assertThat(found).isEqualTo(new Dropped(3, 3, 1));
    assertThat(found(untold).ending().result()).isNotNull();
    assertThat(found(locked).ending().result()).isNotNull();
  }

  @Test
  void replaysAJobWithoutItsResult() {
    Job old = inserted(aJob("old").succeeded("{}").build());
    drop(ALL, PLENTY);

    assertThat(new JobReplay(jobs, transaction, () -> NOW).replay(old.id())).isTrue();

    Job replayed = found(old);
    assertThat(replayed.standing().state()).isEqualTo(JobState.WAITING);
    assertThat(replayed.ending()).isEqualTo(Job.Ending.NONE);
  }

  @Test
  void noSuccessHasNeitherItsResultNorTheTimeWhenItWasDropped() {
    inserted(aJob("old").succeeded("{}").build());

    for (String wrong :
        List.of(
            "result = NULL",
            "result_dropped_at = now()",
            "state = 'EXPIRED', result = NULL, result_dropped_at = now()")) {
      assertThatThrownBy(() -> jdbc.sql("UPDATE job SET " + wrong).update())
          .as(wrong)
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("job_succeeded");
    }
  }

  @Test
  void isClaimedByOneAtATimeAndRemembersHowFarItHasGot() {
    Map<String, Instant> further = Map.of(ResultStore.OTHERS, NOW, "test.job", FINISHED);

    Optional<Map<String, Instant>> others =
        inTransaction(
            () -> {
              assertThat(results.claim()).contains(Map.of(ResultStore.OTHERS, Instant.EPOCH));
              results.save(further);
              return elsewhere(() -> inTransaction(results::claim));
            });

    assertThat(others).as("while another is at it").isEmpty();
    assertThat(inTransaction(results::claim)).contains(further);
    inTransaction(
        () -> {
          results.save(Map.of(ResultStore.OTHERS, FINISHED));
          return true;
        });
    assertThat(inTransaction(results::claim)).contains(Map.of(ResultStore.OTHERS, FINISHED));
  }

  private Dropped drop(Slice slice, Most most) {
    return inTransaction(() -> results.drop(slice, most, NOW));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return transaction.execute(_ -> work.get());
  }

  private static <T> T elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work).join();
  }

  private Job inserted(Job job) {
    assertThat(jobs.insert(List.of(job))).containsExactly(job.id());
    return job;
  }

  private Job found(Job job) {
    return jobs.find(job.id()).orElseThrow();
  }
}

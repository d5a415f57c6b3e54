package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.PublishedJob;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What fails comes back, no earlier than it should, and what is to wait waits, whoever restarts.
 */
class RetryIT {

  private static final int JOBS = 1_000;

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(
          FlakyHandlers.class,
          "--millrace.retry.first-delay=200ms",
          "--millrace.retry.factor=1.5",
          "--millrace.retry.attempts=30");

  RetryIT() throws InterruptedException {}

  @Test
  void succeedsWithAThousandJobsThatFailAtRandom() throws Exception {
    List<CompletableFuture<PublishedJob>> confirms = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      confirms.add(
          engine
              .publisher()
              .job("test.flaky")
              .messageId("flaky-" + i)
              .payload(new FlakyHandlers.Value(i))
              .publish());
    }
    CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();

    EngineUnderTest.await(() -> engine.count("state = 'SUCCEEDED'") == JOBS);

    assertThat(engine.count("failures > 0")).as("those that failed at first").isBetween(200, 400);
    assertThat(engine.count("failures <> (SELECT count(*) FROM job_attempt WHERE job_id = job.id)"))
        .as("every failed attempt is recorded")
        .isZero();
    assertThat(engine.count("attempt <> failures + 1")).isZero();
    for (int i = 0; i < JOBS; i++) {
      Job job = engine.job("flaky-" + i);
      assertThat(FlakyHandlers.BEGINNINGS.get("flaky-" + i)).hasSize(job.standing().attempt());
    }
  }

  @Test
  void waitsAsLongAsTheHandlerAsks() throws Exception {
    engine
        .publisher()
        .job("test.busy")
        .messageId("busy")
        .payload(new FlakyHandlers.Value(7))
        .publish()
        .join();

    EngineUnderTest.await(() -> engine.state("busy") == JobState.SUCCEEDED);

    Instant failed =
        engine.bean(JobStore.class).attempts(engine.job("busy").id()).getFirst().failedAt();
    Instant second = Objects.requireNonNull(engine.job("busy").times().startedAt());
    assertThat(Duration.between(failed, second)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void keepsWhatIsToWaitWhileEverythingIsRestarted() throws Exception {
    Instant inAnHour = Instant.now().plusSeconds(3_600);
    engine
        .publisher()
        .job("test.flaky")
        .messageId("delayed")
        .notBefore(inAnHour)
        .payload(new FlakyHandlers.Value(1))
        .publish()
        .join();
    EngineUnderTest.await(() -> engine.count("state = 'WAITING'") == 1);

    engine.restart();

    Job waiting = engine.job("delayed");
    assertThat(waiting.standing().state()).isEqualTo(JobState.WAITING);
    assertThat(FlakyHandlers.BEGINNINGS).doesNotContainKey("delayed");

    engine
        .jdbc()
        .sql("UPDATE job SET due_at = :now")
        .param("now", OffsetDateTime.now(ZoneOffset.UTC))
        .update();
    EngineUnderTest.await(() -> engine.state("delayed") == JobState.SUCCEEDED);
  }
}

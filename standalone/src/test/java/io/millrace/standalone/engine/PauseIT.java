package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.PublishedJob;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.pause.PausedPart;
import io.millrace.core.store.PauseStore;
import io.millrace.worker.pause.Pauses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of jobs that operators pause, over two workers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PauseIT {

  private static final int CROWD = 5_000;

  private EngineUnderTest engine;
  private EngineUnderTest.Node second;
  private int round;

  @BeforeAll
  void start() throws InterruptedException {
    engine = new EngineUnderTest(CountingHandlers.class, "--millrace.worker.threads=2");
    second = engine.another();
  }

  @AfterAll
  void stop() {
    second.close();
    engine.close();
  }

  @BeforeEach
  void reset() {
    CountingHandlers.BEGUN.clear();
    CountingHandlers.TOTAL.set(0);
    round++;
  }

  @Test
  void beginsNothingOfAPausedTypeAndEverythingOnceWhenItIsResumed() throws Exception {
    PausedPart type = new PausedPart.OfType(new JobType("test.counted"));
    publish("test.counted", Lane.NORMAL, CROWD);
    EngineUnderTest.await(() -> CountingHandlers.TOTAL.get() > 500);

    pauses().pause(type, "mara", "it does harm");
    EngineUnderTest.await(this::isQuiet);
    int begun = CountingHandlers.TOTAL.get();
    assertThat(begun).as("in the middle of it").isLessThan(CROWD);
    engine.restart();
    publish("test.other", Lane.NORMAL, 100);
    EngineUnderTest.await(() -> count("state = 'SUCCEEDED' AND type = 'test.other'") == 100);

    assertThat(CountingHandlers.TOTAL.get() - 100).as("begun while paused").isEqualTo(begun);
    assertThat(count("state = 'RUNNING'")).isZero();
    pauses().resume(type);

    EngineUnderTest.await(() -> count("state = 'SUCCEEDED'") == CROWD + 100);
    assertThat(CountingHandlers.BEGUN).hasSize(CROWD + 100);
    assertThat(CountingHandlers.BEGUN.values()).allMatch(times -> times == 1);
    assertThat(engine.jdbc().sql("SELECT count(*) FROM job_attempt").query(Long.class).single())
        .as("attempts that failed")
        .isZero();
  }

  @Test
  void beginsNothingOfAPausedLaneAndGoesOnWithTheOthers() throws Exception {
    PausedPart lane = new PausedPart.OfLane(Lane.LOW);
    pauses().pause(lane, "mara", "the night needs the room");
    EngineUnderTest.await(() -> knowThatLowIsPaused());
    publish("test.counted", Lane.LOW, 200);
    publish("test.other", Lane.LOW, 200);
    publish("test.counted", Lane.HIGH, 200);

    EngineUnderTest.await(() -> count("state = 'SUCCEEDED' AND lane = 'HIGH'") == 200);
    assertThat(CountingHandlers.TOTAL).hasValue(200);
    pauses().resume(lane);

    EngineUnderTest.await(() -> count("state = 'SUCCEEDED' AND lane = 'LOW'") == 400);
    assertThat(CountingHandlers.BEGUN.values()).allMatch(times -> times == 1);
  }

  /** Nothing runs, and nothing has begun between two looks that are more than a second apart. */
  private boolean isQuiet() {
    int before = CountingHandlers.TOTAL.get();
    try {
      Thread.sleep(1_500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return CountingHandlers.RUNNING.get() == 0 && CountingHandlers.TOTAL.get() == before;
  }

  private boolean knowThatLowIsPaused() {
    return engine.bean(Pauses.class).current().lanes().contains(Lane.LOW)
        && second.bean(Pauses.class).current().lanes().contains(Lane.LOW);
  }

  private PauseStore pauses() {
    return engine.bean(PauseStore.class);
  }

  private void publish(String type, Lane lane, int jobs) {
    List<CompletableFuture<PublishedJob>> confirms = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      confirms.add(
          engine
              .publisher()
              .job(type)
              .lane(lane)
              .messageId("%d-%s-%s-%d".formatted(round, type, lane, i))
              .payload(new CountingHandlers.Value(i))
              .publish());
    }
    CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
  }

  private int count(String condition) {
    return engine.count("message_id LIKE '%d-%%' AND %s".formatted(round, condition));
  }
}

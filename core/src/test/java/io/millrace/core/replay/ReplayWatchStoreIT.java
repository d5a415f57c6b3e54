package io.millrace.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.FailureStore;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How replays stand, and for how long they have been running; time is moved in their rows. */
class ReplayWatchStoreIT {

  private static final Duration DAY = Duration.ofDays(1);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final ReplayStore replays = new ReplayStore(jdbc, new FailureStore(new ScopedJdbc(jdbc)));
  private final ReplaySliceStore slices = new ReplaySliceStore(jdbc, new ScopedJdbc(jdbc));
  private final ReplayWatchStore watched = new ReplayWatchStore(jdbc);

  @Test
  void saysHowThoseStandThatAreThere() {
    Replay first = create("first");
    Replay second = create("second");
    jdbc.sql("UPDATE replay SET total = 9, replayed = 4, refused = 2 WHERE id = :id")
        .param("id", second.id())
        .update();
    replays.stop(second.id(), Scope.WHOLE_SYSTEM);

    List<ReplayWatchStore.Watched> found =
        watched.standing(List.of(first.id(), second.id(), UUID.randomUUID()));

    assertThat(found)
        .extracting(ReplayWatchStore.Watched::id)
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(progress(first).state()).isEqualTo(ReplayState.RUNNING);
    assertThat(progress(second).state()).isEqualTo(ReplayState.STOPPED);
    assertThat(progress(second).counts()).isEqualTo(new Replay.Counts(9, 4, 2));
    assertThat(progress(second))
        .isEqualTo(replays.find(second.id(), Scope.WHOLE_SYSTEM).orElseThrow().progress());
  }

  @Test
  void countsTheTimeWhenItRunsAndNoOther() {
    Replay replay = create("measured");
    letPass(DAY);
    assertThat(ran(replay)).as("running").isBetween(DAY, DAY.multipliedBy(2));

    replays.stop(replay.id(), Scope.WHOLE_SYSTEM);
    Duration whenStopped = ran(replay);
    letPass(DAY);
    assertThat(ran(replay)).as("stopped").isEqualTo(whenStopped);
    replays.resume(replay.id(), Scope.WHOLE_SYSTEM);
    slices.enter(replay, ReplayState.CANARY, false, Duration.ZERO);
    Duration whenWaiting = ran(replay);
    letPass(DAY);
    slices.enter(replay, ReplayState.CANARY, false, Duration.ZERO);
    letPass(DAY);

    assertThat(ran(replay)).as("waiting for its first jobs").isEqualTo(whenWaiting);
    slices.enter(replay, ReplayState.RUNNING, true, Duration.ZERO);
    letPass(DAY);
    slices.enter(replay, ReplayState.DONE, false, Duration.ZERO);
    letPass(DAY);
    assertThat(ran(replay)).as("done").isBetween(DAY.multipliedBy(2), DAY.multipliedBy(3));
  }

  @Test
  void countsTheRestThatASliceAsksFor() {
    Replay replay = create("slow");

    slices.advance(replay, replay.cursor(), 1, 0, DAY);

    assertThat(ran(replay)).isGreaterThanOrEqualTo(DAY.minusSeconds(1));
    replays.stop(replay.id(), Scope.WHOLE_SYSTEM);
    assertThat(ran(replay)).isGreaterThanOrEqualTo(DAY.minusSeconds(1));
  }

  @Test
  void knowsNothingOfWhatTheVersionBeforeMade() {
    Replay replay = create("old");
    jdbc.sql("UPDATE replay SET ran = NULL").update();

    replays.stop(replay.id(), Scope.WHOLE_SYSTEM);
    replays.resume(replay.id(), Scope.WHOLE_SYSTEM);

    assertThat(progress(replay).ran()).isNull();
  }

  private Replay create(String key) {
    NewReplay order =
        new NewReplay(
            "ann",
            key,
            Scope.WHOLE_SYSTEM,
            new FailedJobs(null, null, null, null, key, null, null),
            new NewReplay.Manner(PayloadEdit.NONE, 1, 0, 100));
    return ((ReplayCreation.Created) replays.create(order)).replay();
  }

  private void letPass(Duration time) {
    jdbc.sql(
            "UPDATE replay SET state_since = state_since - :seconds * interval '1 second', next_at = clock_timestamp()")
        .param("seconds", time.toSeconds())
        .update();
  }

  private Duration ran(Replay replay) {
    return Objects.requireNonNull(progress(replay).ran());
  }

  private ReplayProgress progress(Replay replay) {
    return watched.standing(List.of(replay.id())).getFirst().progress();
  }
}

package io.millrace.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayProgressTest {

  @Test
  void saysHowManyJobsASecondItReplaysAndWhenItWillHaveSeenToAll() {
    ReplayProgress running = running(new Replay.Counts(1_000, 300, 100), Duration.ofSeconds(20));

    assertThat(running.speed()).hasValue(15);
    assertThat(running.secondsLeft()).as("600 at 20 a second").hasValue(30);
  }

  @Test
  void roundsTheRestUpToWholeSeconds() {
    assertThat(running(new Replay.Counts(11, 10, 0), Duration.ofSeconds(1)).secondsLeft())
        .hasValue(1);
    assertThat(running(new Replay.Counts(10, 10, 0), Duration.ofSeconds(1)).secondsLeft())
        .hasValue(0);
  }

  @Test
  void promisesNothingBeforeItHasSeenToAJob() {
    ReplayProgress begun = running(new Replay.Counts(1_000, 0, 0), Duration.ofSeconds(5));

    assertThat(begun.speed()).isEmpty();
    assertThat(begun.secondsLeft()).isEmpty();
  }

  @Test
  void countsTheRefusedAmongWhatItHasSeenTo() {
    ReplayProgress refusing = running(new Replay.Counts(100, 0, 50), Duration.ofSeconds(5));

    assertThat(refusing.speed()).isEmpty();
    assertThat(refusing.secondsLeft()).hasValue(5);
  }

  @Test
  void knowsNoSpeedOfWhatWasNotMeasuredOrHasNotRun() {
    Replay.Counts counts = new Replay.Counts(10, 5, 0);

    assertThat(running(counts, null).speed()).isEmpty();
    assertThat(running(counts, null).secondsLeft()).isEmpty();
    assertThat(running(counts, Duration.ZERO).speed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void promisesNothingWhileItDoesNotRun(ReplayState state) {
    ReplayProgress resting =
        new ReplayProgress(
            state,
            state.name().toLowerCase(Locale.ROOT),
            new Replay.Counts(1_000, 300, 100),
            Duration.ofSeconds(20));

    assertThat(resting.secondsLeft()).isEmpty();
    assertThat(resting.speed()).hasValue(15);
  }

  @Test
  void whatItDidNotComeToHadLeftByItselfOnceItIsDone() {
    Replay.Counts counts = new Replay.Counts(10, 5, 2);

    assertThat(running(counts, Duration.ofSeconds(1)).passedOver()).isZero();
    assertThat(
            new ReplayProgress(ReplayState.DONE, null, counts, Duration.ofSeconds(1)).passedOver())
        .isEqualTo(3);
  }

  private static ReplayProgress running(Replay.Counts counts, @Nullable Duration ran) {
    return new ReplayProgress(ReplayState.RUNNING, null, counts, ran);
  }
}

package io.millrace.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchPartition.Pace;
import io.millrace.core.batch.BatchRun.BatchProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchRunTest {

  @Test
  void knowsHowFarItIsIfItKnowsHowMuchThereIs() {
    assertThat(progress(250, 1_000, 50).percent()).hasValue(25);
    assertThat(progress(250, 1_000, 50).timeLeft()).contains(Duration.ofSeconds(15));
    assertThat(progress(250, 0, 50).percent()).isEmpty();
    assertThat(progress(250, 0, 50).timeLeft()).isEmpty();
    assertThat(progress(250, 1_000, 0).timeLeft()).isEmpty();
  }

  @Test
  void isNeverBeyondItsEnd() {
    assertThat(progress(1_200, 1_000, 50).percent()).hasValue(100);
    assertThat(progress(1_200, 1_000, 50).timeLeft()).contains(Duration.ZERO);
  }

  @Test
  void aPartitionHasTimeLeftWhileSomebodyIsAtIt() {
    assertThat(partition("a", "RUNNING", 30, 5).percent()).hasValue(50);
    assertThat(partition("a", "RUNNING", 30, 5).timeLeft()).contains(Duration.ofSeconds(100));
    assertThat(partition("a", "READY", 30, 5).timeLeft()).isEmpty();
    assertThat(partition("a", "ENDED", 30, 5).timeLeft()).isEmpty();
  }

  @Test
  void aStragglerHasLessThanHalfOfTheMedianPace() {
    BatchPartition ended = partition("a", "ENDED", 60, 100);
    BatchPartition quick = partition("a", "RUNNING", 60, 110);
    BatchPartition half = partition("a", "RUNNING", 60, 50);
    BatchPartition slow = partition("a", "RUNNING", 60, 49.9);
    BatchPartition stuck = partition("a", "RUNNING", 60, 0);

    assertThat(Stragglers.among(List.of(slow, ended, stuck, quick, half, ended)))
        .containsExactly(slow, stuck);
  }

  @Test
  void nobodyIsAStragglerTooEarlyOrAmongTooFewOrWithoutBeingAtWork() {
    BatchPartition quick = partition("a", "RUNNING", 60, 100);

    assertThat(Stragglers.among(List.of(quick, quick, quick, partition("a", "RUNNING", 9, 1))))
        .isEmpty();
    assertThat(Stragglers.among(List.of(quick, quick, partition("a", "RUNNING", 60, 0)))).isEmpty();
    assertThat(Stragglers.among(List.of(quick, quick, quick, partition("a", "ENDED", 60, 1))))
        .isEmpty();
    assertThat(Stragglers.among(List.of(quick, quick, quick, partition("b", "RUNNING", 60, 1))))
        .isEmpty();
    assertThat(Stragglers.among(List.of())).isEmpty();
  }

  @Test
  void todayIsADayOfItsZone() {
    Instant lateAtNight = Instant.parse("2026-03-31T22:30:00Z");

    assertThat(new BatchCalendar(ZoneId.of("UTC")).today(() -> lateAtNight))
        .isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(new BatchCalendar(ZoneId.of("Europe/Berlin")).today(() -> lateAtNight))
        .isEqualTo(LocalDate.of(2026, 4, 1));
  }

  private static BatchProgress progress(long done, long total, double perSecond) {
    return new BatchProgress("step", done, total, 0, perSecond);
  }

  private static BatchPartition partition(
      String step, String state, int seconds, double perSecond) {
    Pace pace = new Pace(Instant.EPOCH, Duration.ofSeconds(seconds), perSecond);
    return new BatchPartition(step, "p", state, "STARTED", "s", 500, 1_000, 0, pace, null);
  }
}

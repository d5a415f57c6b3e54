package io.millrace.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.limit.ClockReading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final DatabaseTime time = new DatabaseTime();

  @Test
  void boundsATimeByHowLongTheAnswerTook() {
    observe(100, 0, 104);

    assertThat(time.earliest(START.plusMillis(50))).isEqualTo(millis(150));
    assertThat(time.latest(START.plusMillis(50))).isEqualTo(millis(154));
  }

  @Test
  void isNotMadeWorseByASlowAnswer() {
    observe(100, 0, 102);
    observe(200, 199, 900);

    assertThat(time.earliest(START)).isBetween(millis(99), millis(100));
    assertThat(time.latest(START)).isBetween(millis(102), millis(103));
  }

  @Test
  void trustsOldReadingsLessAndLess() {
    observe(100, 0, 102);
    observe(60_000, 60_050, 60_400);

    assertThat(time.latest(START) - time.earliest(START)).isGreaterThan(millis(100));
  }

  @Test
  void beginsAnewWhenAClockWasSet() {
    observe(100, 0, 102);
    observe(200, -3_600_000, 203);

    assertThat(time.earliest(START.minusSeconds(3_600))).isEqualTo(millis(200));
    assertThat(time.latest(START.minusSeconds(3_600))).isEqualTo(millis(203));
  }

  private void observe(long sent, long database, long received) {
    time.observe(new ClockReading(millis(sent), START.plusMillis(database), millis(received)));
  }

  private static long millis(long millis) {
    return millis * 1_000_000;
  }
}

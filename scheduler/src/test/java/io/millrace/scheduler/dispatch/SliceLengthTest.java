package io.millrace.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.store.ResultStore.Dropped;
import io.millrace.core.store.ResultStore.Most;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SliceLengthTest {

  private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);
  private static final SliceLength MINUTE = new SliceLength(Duration.ofMinutes(1), 500);

  @Test
  void growsWhereLittleIsAndShrinksWhereMuchIs() {
    assertThat(MINUTE.after(new Dropped(0, 0, 0)).length()).isEqualTo(Duration.ofMinutes(2));
    assertThat(MINUTE.after(new Dropped(249, 9, 9)).length()).isEqualTo(Duration.ofMinutes(2));
    assertThat(MINUTE.after(new Dropped(250, 9, 9)).length()).isEqualTo(Duration.ofMinutes(1));
    assertThat(MINUTE.after(new Dropped(500, 9, 9)).length()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void isDoneWhenAllOfItWasSeenAndDropped() {
    assertThat(MINUTE.isDone(new Dropped(0, 0, 0))).isTrue();
    assertThat(MINUTE.isDone(new Dropped(499, 300, 300))).isTrue();
    assertThat(MINUTE.isDone(new Dropped(499, 300, 299))).as("one is locked").isFalse();
    assertThat(MINUTE.isDone(new Dropped(500, 0, 0))).as("there may be more").isFalse();
  }

  @Test
  void goesFromTheFirstYearToTheFirstResultInAFewLooks() {
    SliceLength length = SliceLength.first(500);
    Duration looked = Duration.ZERO;
    int looks = 0;
    while (looked.toDays() < 365 * 60) {
      looked = looked.plus(length.length());
      length = length.after(new Dropped(0, 0, 0));
      looks++;
    }
    assertThat(looks).isLessThan(30);

    for (int i = 0; i < 1_000; i++) {
      length = length.after(new Dropped(0, 0, 0));
    }
    assertThat(length.length()).isEqualTo(Duration.ofDays(36_500));
  }

  @Test
  void readsTheShortestAsAWholeSinceItCannotBeCut() {
    SliceLength length = MINUTE;
    for (int i = 0; i < 100; i++) {
      length = length.after(new Dropped(500, 0, 0));
      assertThat(length.length().toNanos() % 1_000).isZero();
    }

    assertThat(length.length()).isEqualTo(MICROSECOND);
    assertThat(length.most()).isEqualTo(new Most(Integer.MAX_VALUE, 500));
    assertThat(length.isDone(new Dropped(9_000, 9_000, 500))).isFalse();
    assertThat(length.after(new Dropped(9_000, 9_000, 500))).isEqualTo(length);
    assertThat(length.isDone(new Dropped(9_000, 0, 0))).isTrue();
    assertThat(length.after(new Dropped(0, 0, 0)).length()).isGreaterThan(MICROSECOND);
  }
}

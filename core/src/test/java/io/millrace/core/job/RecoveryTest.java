package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 4, Duration.ofMinutes(1));
  private static final Failure WHY = new Failure("Broken", "no", null);
  private static final Mishap.Failed FAILED = Mishap.Failed.forNow(WHY);

  @Test
  void triesAgainAfterADelayThatGrowsUpToTheCeiling() {
    assertThat(delayAfter(1, 0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(delayAfter(2, 0.5)).isEqualTo(Duration.ofMillis(1_000));
    assertThat(delayAfter(3, 0.5)).isEqualTo(Duration.ofMillis(2_000));
    assertThat(POLICY.delay(60, 0.5)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void spreadsTheDelayEvenly() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int early = 0;
    for (int i = 0; i < 10_000; i++) {
      Duration delay = POLICY.delay(3, random.nextDouble());
      assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(4));
      early += delay.compareTo(Duration.ofSeconds(2)) < 0 ? 1 : 0;
    }
    // Seven standard deviations of a fair coin thrown 10,000 times.
    assertThat(early).as("seed %d", seed).isBetween(4_650, 5_350);
  }

  @Test
  void waitsAtLeastAsLongAsTheFailureAsks() {
    Mishap.Failed asks = new Mishap.Failed(WHY, false, Duration.ofSeconds(30), false);

    assertThat(recover(asks, Setbacks.NONE, null, 0.9))
        .isEqualTo(new Recovery.RunAgain(NOW.plusSeconds(30), new Setbacks(1, 0, NOW)));
  }

  @Test
  void givesUpAfterSoManyAttemptsOrSoLongATime() {
    assertThat(recover(FAILED, new Setbacks(3, 0, NOW.minusSeconds(5)), null, 0))
        .isEqualTo(new Recovery.GiveUp(WHY, new Setbacks(4, 0, NOW.minusSeconds(5))));
    assertThat(recover(FAILED, new Setbacks(1, 0, NOW.minusSeconds(59)), null, 0.99))
        .isInstanceOf(Recovery.GiveUp.class);
    assertThat(recover(FAILED, new Setbacks(1, 0, NOW.minusSeconds(57)), null, 0.99))
        .isInstanceOf(Recovery.RunAgain.class);
    assertThat(recover(Mishap.Failed.forGood(WHY), Setbacks.NONE, null, 0))
        .isEqualTo(new Recovery.GiveUp(WHY, new Setbacks(1, 0, NOW)));
  }

  @Test
  void expiresWhatWouldBeginAfterItsDeadline() {
    assertThat(recover(FAILED, Setbacks.NONE, NOW.plusMillis(500), 0.5))
        .isEqualTo(new Recovery.Expire(new Setbacks(1, 0, NOW)));
    assertThat(recover(FAILED, Setbacks.NONE, NOW.plusMillis(501), 0.5))
        .isInstanceOf(Recovery.RunAgain.class);
    assertThat(recover(new Mishap.Crashed(false), Setbacks.NONE, NOW, 0))
        .isEqualTo(new Recovery.Expire(new Setbacks(0, 1, null)));
  }

  @Test
  void convictsOnlyWhatRanAlone() {
    Setbacks setbacks = Setbacks.NONE;
    for (int crash = 1; crash <= 100; crash++) {
      Recovery recovery = recover(new Mishap.Crashed(false), setbacks, null, 0);

      assertThat(recovery).isInstanceOf(Recovery.RunAgain.class);
      setbacks = recovery.setbacks();
      assertThat(setbacks.makeASuspect()).isEqualTo(crash >= 2);
    }

    assertThat(recover(new Mishap.Crashed(true), setbacks, null, 0))
        .isEqualTo(new Recovery.GiveUp(Recovery.CRASHED_WORKER, new Setbacks(0, 101, null)));
  }

  @Test
  void countsNothingWhenTheWorkerSignedOff() {
    assertThat(recover(new Mishap.Abandoned(), new Setbacks(2, 1, NOW), null, 0.9))
        .isEqualTo(new Recovery.RunAgain(NOW, new Setbacks(2, 1, NOW)));
  }

  private static Duration delayAfter(int failures, double random) {
    @Nullable Instant first = failures == 1 ? null : NOW;
    Recovery recovery = recover(FAILED, new Setbacks(failures - 1, 0, first), null, random);
    return Duration.between(NOW, ((Recovery.RunAgain) recovery).notBefore());
  }

  private static Recovery recover(
      Mishap mishap, Setbacks before, @Nullable Instant deadline, double random) {
    return Recovery.from(mishap, before, POLICY, deadline, NOW, random);
  }
}

package io.millrace.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeartbeatWatchTest {

  private static final UUID SILENT = new UUID(0, 1);
  private static final UUID LIVELY = new UUID(0, 2);

  private final HeartbeatWatch watch =
      new HeartbeatWatch(Duration.ofSeconds(15), Duration.ofSeconds(6));

  @Test
  void declaresDeadWhoStoodStillForTheWholeTime() {
    for (int second = 0; second < 15; second += 3) {
      assertThat(observe(second, 7, second)).isEmpty();
    }

    assertThat(observe(15, 7, 15)).containsExactly(Map.entry(SILENT, 7L));
  }

  @Test
  void beginsAnewWithEveryBeat() {
    observe(0, 7, 0);
    observe(5, 7, 1);
    observe(10, 8, 2);

    assertThat(observe(15, 8, 3)).isEmpty();
    assertThat(observe(20, 8, 4)).isEmpty();
    assertThat(observe(25, 8, 5)).containsOnlyKeys(SILENT);
  }

  @Test
  void killsNobodyAfterItsOwnPause() {
    observe(0, 7, 0);
    observe(5, 7, 1);

    assertThat(observe(60, 7, 1)).isEmpty();
    assertThat(observe(65, 7, 2)).isEmpty();
  }

  @Test
  void killsNobodyAfterADatabaseOutage() {
    observe(0, 7, 0);
    observe(5, 7, 1);
    watch.interrupted();

    assertThat(observe(10, 7, 2)).isEmpty();
    assertThat(observe(16, 7, 3)).isEmpty();
  }

  @Test
  void forgetsWhoHasEnded() {
    observe(0, 7, 0);
    watch.observe(Map.of(LIVELY, 1L), seconds(5));

    assertThat(observe(10, 7, 2)).isEmpty();
    assertThat(observe(16, 7, 3)).isEmpty();
  }

  private Map<UUID, Long> observe(int second, long silent, long lively) {
    return watch.observe(Map.of(SILENT, silent, LIVELY, lively), seconds(second));
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}

package io.millrace.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneQueueTest {

  private final LaneQueue<String> queue = new LaneQueue<>();

  @Test
  void servesEachLaneByItsWeight() {
    for (Lane lane : Lane.values()) {
      for (int i = 0; i < 100; i++) {
        queue.add(lane, "", lane.name());
      }
    }

    List<@Nullable String> taken = take(42);

    assertThat(Collections.frequency(taken, "HIGH")).isEqualTo(32);
    assertThat(Collections.frequency(taken, "NORMAL")).isEqualTo(8);
    assertThat(Collections.frequency(taken, "LOW")).isEqualTo(2);
  }

  @Test
  void servesALaneAloneInTheOrderOfArrival() {
    List.of("a", "b", "c").forEach(each -> queue.add(Lane.LOW, "", each));

    assertThat(take(3)).containsExactly("a", "b", "c");
    assertThat(queue.take()).isNull();
  }

  @Test
  void letsAHighOnePassWhatWaitsInTheOtherLanes() {
    for (int i = 0; i < 1_000; i++) {
      queue.add(Lane.NORMAL, "", "normal");
    }
    take(7);
    queue.add(Lane.HIGH, "", "high");

    assertThat(take(6)).contains("high");
  }

  @Test
  void letsTheLinesOfALaneTakeTurns() {
    for (int i = 1; i <= 4; i++) {
      queue.add(Lane.NORMAL, "crowd", "crowd-" + i);
    }
    assertThat(take(1)).containsExactly("crowd-1");
    queue.add(Lane.NORMAL, "few", "few-1");
    queue.add(Lane.NORMAL, "few", "few-2");
    queue.add(Lane.NORMAL, "", "common-1");

    assertThat(take(6))
        .containsExactly("crowd-2", "few-1", "common-1", "crowd-3", "few-2", "crowd-4");

    queue.add(Lane.NORMAL, "crowd", "crowd-5");
    queue.add(Lane.NORMAL, "few", "few-3");
    assertThat(take(2)).containsExactly("crowd-5", "few-3");
    assertThat(queue.take()).isNull();
  }

  @Test
  void givesUpWhatIsNotToRunFromAllLanesAndLines() {
    queue.add(Lane.HIGH, "acme", "no-1");
    queue.add(Lane.HIGH, "acme", "yes-1");
    queue.add(Lane.LOW, "acme", "no-2");
    queue.add(Lane.LOW, "zebra", "yes-2");

    assertThat(queue.takeAll(each -> each.startsWith("no"))).containsExactly("no-1", "no-2");
    assertThat(take(2)).containsExactlyInAnyOrder("yes-1", "yes-2");
    assertThat(queue.take()).isNull();
  }

  private List<@Nullable String> take(int count) {
    List<@Nullable String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(queue.take());
    }
    return taken;
  }
}

package io.millrace.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    List<String> taken = take(42);

    assertThat(Collections.frequency(taken, "HIGH")).isEqualTo(32);
    assertThat(Collections.frequency(taken, "NORMAL")).isEqualTo(8);
    assertThat(Collections.frequency(taken, "LOW")).isEqualTo(2);
  }

  @Test
  void servesALaneAloneInTheOrderOfArrival() {
    List.of("a", "b", "c").forEach(each -> queue.add(Lane.LOW, "", each));

    assertThat(take(3)).containsExactly("a", "b", "c");
    assertThatThrownBy(queue::take).isInstanceOf(IllegalStateException.class);
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
    assertThatThrownBy(queue::take).isInstanceOf(IllegalStateException.class);
  }

  private List<String> take(int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(queue.take());
    }
    return taken;
  }
}

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
        queue.add(lane, lane.name());
      }
    }

    List<String> taken = take(42);

    assertThat(Collections.frequency(taken, "HIGH")).isEqualTo(32);
    assertThat(Collections.frequency(taken, "NORMAL")).isEqualTo(8);
    assertThat(Collections.frequency(taken, "LOW")).isEqualTo(2);
  }

  @Test
  void servesALaneAloneInTheOrderOfArrival() {
    List.of("a", "b", "c").forEach(each -> queue.add(Lane.LOW, each));

    assertThat(take(3)).containsExactly("a", "b", "c");
    assertThatThrownBy(queue::take).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void letsAHighOnePassWhatWaitsInTheOtherLanes() {
    for (int i = 0; i < 1_000; i++) {
      queue.add(Lane.NORMAL, "normal");
    }
    take(7);
    queue.add(Lane.HIGH, "high");

    assertThat(take(6)).contains("high");
  }

  private List<String> take(int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(queue.take());
    }
    return taken;
  }
}

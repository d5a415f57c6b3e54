package io.millrace.worker.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {

  private final FairQueue<String> queue = new FairQueue<>();

  @Test
  void servesTheTenantsInTurn() {
    add("acme", "a1", "a2", "a3");
    add("zebra", "z1");
    add("bolt", "b1", "b2");

    assertThat(drain()).containsExactly("a1", "z1", "b1", "a2", "b2", "a3");
    assertThat(queue.poll()).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aTenantThatComesBackWaitsForItsTurn() {
    add("acme", "a1", "a2");
    add("zebra", "z1", "z2");

    assertThat(queue.poll()).contains("a1");
    add("acme", "a3");

    assertThat(drain()).containsExactly("z1", "a2", "z2", "a3");
  }

  @Test
  void givesUpTheLastOfWhoeverHasMost() {
    add("acme", "a1");
    add("zebra", "z1", "z2", "z3");

    assertThat(queue.pollSurplus()).contains("z3");
    assertThat(queue.pollSurplus()).contains("z2");
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.pollSurplus()).isPresent();
    assertThat(queue.pollSurplus()).isPresent();
    assertThat(queue.pollSurplus()).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
  }

  private void add(String tenant, String... elements) {
    for (String element : elements) {
      queue.add(tenant, element);
    }
  }

  private List<String> drain() {
    List<String> all = new ArrayList<>();
    for (Optional<String> next = queue.poll(); next.isPresent(); next = queue.poll()) {
      all.add(next.get());
    }
    return all;
  }
}

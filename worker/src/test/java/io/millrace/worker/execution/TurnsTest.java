package io.millrace.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns<String> turns = new Turns<>();

  @Test
  void servesTheLinesInTurn() {
    add("acme", "a1", "a2", "a3");
    add("zebra", "z1");
    add("bolt", "b1", "b2");

    assertThat(drain()).containsExactly("a1", "z1", "b1", "a2", "b2", "a3");
    assertThat(turns.poll()).isNull();
    assertThat(turns.isEmpty()).isTrue();
  }

  @Test
  void aLineThatComesBackWaitsForItsTurn() {
    add("acme", "a1", "a2");
    add("zebra", "z1", "z2");

    assertThat(turns.poll()).isEqualTo("a1");
    add("acme", "a3");

    assertThat(drain()).containsExactly("z1", "a2", "z2", "a3");
  }

  @Test
  void aLineThatWasEmptiedBeginsAnew() {
    add("acme", "a1");
    assertThat(drain()).containsExactly("a1");

    add("zebra", "z1", "z2");
    add("acme", "a2", "a3");

    assertThat(turns.size()).isEqualTo(4);
    assertThat(drain()).containsExactly("z1", "a2", "z2", "a3");
  }

  @Test
  void givesUpTheLastOfTheLongestLine() {
    add("acme", "a1");
    add("zebra", "z1", "z2", "z3");

    assertThat(turns.pollSurplus()).isEqualTo("z3");
    assertThat(turns.pollSurplus()).isEqualTo("z2");
    assertThat(turns.size()).isEqualTo(2);
    assertThat(drain()).containsExactly("a1", "z1");
  }

  @Test
  void aLineThatGaveUpItsLastIsServedNoMore() {
    add("acme", "a1");
    add("zebra", "z1");

    String surplus = turns.pollSurplus();
    add("bolt", "b1");

    assertThat(List.of("a1", "z1")).contains(surplus);
    assertThat(drain()).hasSize(2).doesNotContain(surplus).endsWith("b1");
    assertThat(turns.pollSurplus()).isNull();
    assertThat(turns.isEmpty()).isTrue();
  }

  @Test
  void givesUpAllThatIsAskedForAndServesTheRestInTurn() {
    add("acme", "a1", "a2");
    add("zebra", "z1");

    assertThat(turns.takeAll(each -> each.endsWith("1"))).containsExactly("a1", "z1");
    add("zebra", "z2");

    assertThat(turns.size()).isEqualTo(2);
    assertThat(drain()).containsExactly("a2", "z2");
  }

  private void add(String line, String... elements) {
    for (String element : elements) {
      turns.add(line, element);
    }
  }

  private List<String> drain() {
    List<String> all = new ArrayList<>();
    for (String next = turns.poll(); next != null; next = turns.poll()) {
      all.add(next);
    }
    return all;
  }
}

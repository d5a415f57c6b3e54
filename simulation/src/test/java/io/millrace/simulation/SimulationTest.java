package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void sameSeedSameHistory() {
    Simulation.Run first = Simulation.of(7, Set.of(), true);
    Simulation.Run second = Simulation.of(7, Set.of(), true);

    assertThat(second.history()).isNotEmpty().isEqualTo(first.history());
  }
}

package io.millrace.chaos.fault;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final Duration LENGTH = Duration.ofMinutes(15);

  @Test
  void hasEveryKindAsOftenAsItIsAskedWithinTheTime() {
    FaultPlan plan = FaultPlan.draw(7, LENGTH, 10);

    Map<FaultKind, Long> kinds =
        plan.faults().stream().collect(groupingBy(FaultPlan.Planned::kind, counting()));
    assertThat(kinds).containsOnlyKeys(FaultKind.values());
    assertThat(kinds.values()).containsOnly(10L);
    assertThat(plan.faults())
        .extracting(FaultPlan.Planned::at)
        .isSorted()
        .allSatisfy(at -> assertThat(at).isBetween(Duration.ZERO, LENGTH));
  }

  @Test
  void isTheSameForTheSameSeedAndNotForAnother() {
    assertThat(FaultPlan.draw(7, LENGTH, 3)).isEqualTo(FaultPlan.draw(7, LENGTH, 3));
    assertThat(FaultPlan.draw(7, LENGTH, 3)).isNotEqualTo(FaultPlan.draw(8, LENGTH, 3));
  }
}

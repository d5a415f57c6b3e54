package io.millrace.chaos.fault;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.chaos.engine.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final Duration LENGTH = Duration.ofMinutes(15);
  private static final List<FaultKind> KINDS = FaultKind.on(ServerSettings.PLAIN);

  @Test
  void hasEveryKindAsOftenAsItIsAskedWithinTheTime() {
    FaultPlan plan = FaultPlan.draw(7, KINDS, LENGTH, 10);

    Map<FaultKind, Long> kinds =
        plan.faults().stream().collect(groupingBy(FaultPlan.Planned::kind, counting()));
    assertThat(kinds).containsOnlyKeys(KINDS);
    assertThat(kinds.values()).containsOnly(10L);
    assertThat(plan.faults())
        .extracting(FaultPlan.Planned::at)
        .isSorted()
        .allSatisfy(at -> assertThat(at).isBetween(Duration.ZERO, LENGTH));
  }

  @Test
  void isTheSameForTheSameSeedAndNotForAnother() {
    assertThat(FaultPlan.draw(7, KINDS, LENGTH, 3)).isEqualTo(FaultPlan.draw(7, KINDS, LENGTH, 3));
    assertThat(FaultPlan.draw(7, KINDS, LENGTH, 3))
        .isNotEqualTo(FaultPlan.draw(8, KINDS, LENGTH, 3));
  }

  @Test
  void killsTheLeaderInPlaceOfTheBrokerWhereThereAreSeveralNodes() {
    assertThat(FaultKind.on(ServerSettings.PLAIN))
        .contains(FaultKind.KILL_BROKER)
        .doesNotContain(FaultKind.KILL_LEADER);
    assertThat(FaultKind.on(new ServerSettings(3, false)))
        .contains(FaultKind.KILL_LEADER)
        .doesNotContain(FaultKind.KILL_BROKER);
  }

  @Test
  void fillsTheDiskOnlyWhereItIsSmall() {
    assertThat(FaultKind.on(ServerSettings.PLAIN)).doesNotContain(FaultKind.FILL_DISK);
    assertThat(FaultKind.on(new ServerSettings(1, true))).contains(FaultKind.FILL_DISK);
  }
}

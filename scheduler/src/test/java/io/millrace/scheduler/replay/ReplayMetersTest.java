package io.millrace.scheduler.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.testing.MetersTable;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplayMetersTest {

  private static final UUID REPLAY = new UUID(1, 1);

  private static final List<ReplayEvent> ONE_OF_EACH =
      List.of(
          new ReplayEvent.Sliced(REPLAY, 5, 2),
          new ReplayEvent.Paused(REPLAY, "no"),
          new ReplayEvent.Finished(REPLAY),
          new ReplayEvent.Hindered("no"),
          new ReplayEvent.Recovered());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ReplayMeters meters = new ReplayMeters(registry);

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    ONE_OF_EACH.forEach(meters::on);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .hasSameElementsAs(MetersTable.names("millrace.replay"));
  }

  @Test
  void countsJobsAndWhatWentWrong() {
    ONE_OF_EACH.forEach(meters::on);
    meters.on(new ReplayEvent.Sliced(REPLAY, 10, 0));

    assertThat(count("millrace.replay.jobs")).isEqualTo(15);
    assertThat(count("millrace.replay.refused")).isEqualTo(2);
    assertThat(count("millrace.replay.paused")).isEqualTo(1);
    assertThat(count("millrace.replay.failures")).isEqualTo(1);
  }

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(ReplayEvent.class.getPermittedSubclasses());
  }

  private double count(String meter) {
    return registry.get(meter).counter().count();
  }
}

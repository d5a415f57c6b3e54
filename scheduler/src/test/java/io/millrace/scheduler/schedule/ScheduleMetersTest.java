package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.schedule.Firing;
import io.millrace.testing.MetersTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleMetersTest {

  private static final List<ScheduleEvent> ONE_OF_EACH =
      List.of(
          new ScheduleEvent.Configured(List.of("a"), List.of(), List.of()),
          new ScheduleEvent.Fired(
              Firing.due("a", Instant.EPOCH, Firing.Outcome.skipped("missed"), Instant.EPOCH)),
          new ScheduleEvent.Held("a", "it waits"),
          new ScheduleEvent.LatenessMeasured(Duration.ofSeconds(3)),
          new ScheduleEvent.WatchFailed("no"),
          new ScheduleEvent.WatchRecovered());

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ScheduleMeters meters = new ScheduleMeters(registry);
    ONE_OF_EACH.forEach(meters::on);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .hasSameElementsAs(MetersTable.names("millrace.schedules"));
    assertThat(registry.get("millrace.schedules.late").timeGauge().value()).isEqualTo(3);
    assertThat(
            registry
                .get("millrace.schedules.firings")
                .tags("schedule", "a", "state", "SKIPPED")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(ScheduleEvent.class.getPermittedSubclasses());
  }
}

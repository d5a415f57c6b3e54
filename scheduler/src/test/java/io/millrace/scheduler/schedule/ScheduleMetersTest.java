package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.schedule.Firing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleMetersTest {

  private static final Pattern METER =
      Pattern.compile("(?m)^\\| `(millrace\\.schedules\\.[a-z.]+)`");

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
  void theTableHasExactlyTheMetersOfTheCode() throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ScheduleMeters meters = new ScheduleMeters(registry);
    ONE_OF_EACH.forEach(meters::on);

    Set<String> inCode =
        registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toSet());

    assertThat(
            METER
                .matcher(Files.readString(Path.of("../ops/metrics.md")))
                .results()
                .map((MatchResult match) -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(inCode);
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

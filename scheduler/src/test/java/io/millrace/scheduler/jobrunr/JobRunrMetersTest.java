package io.millrace.scheduler.jobrunr;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JobRunrMetersTest {

  private static final Pattern METER = Pattern.compile("(?m)^\\| `(millrace\\.jobrunr\\.[a-z.]+)`");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final JobRunrMeters meters = new JobRunrMeters(registry);

  @Test
  void theTableHasExactlyTheMetersOfTheCode() throws IOException {
    assertThat(
            METER
                .matcher(Files.readString(Path.of("../ops/metrics.md")))
                .results()
                .map((MatchResult match) -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            registry.getMeters().stream().map(meter -> meter.getId().getName()).toList());
  }

  @Test
  void saysWhetherAServerWorks() {
    meters.on(new JobRunrEvent.Started());
    assertThat(working()).isZero();
    meters.on(new JobRunrEvent.Working());
    assertThat(working()).isEqualTo(1);

    meters.on(new JobRunrEvent.Lost("it has stopped itself", Duration.ofSeconds(1)));

    assertThat(working()).isZero();
    assertThat(registry.get("millrace.jobrunr.lost").counter().count()).isEqualTo(1);
  }

  private double working() {
    return registry.get("millrace.jobrunr.working").gauge().value();
  }
}

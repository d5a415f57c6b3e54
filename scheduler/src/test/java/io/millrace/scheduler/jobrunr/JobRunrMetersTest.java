package io.millrace.scheduler.jobrunr;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.testing.MetersTable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobRunrMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final JobRunrMeters meters = new JobRunrMeters(registry);

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .hasSameElementsAs(MetersTable.names("millrace.jobrunr"));
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

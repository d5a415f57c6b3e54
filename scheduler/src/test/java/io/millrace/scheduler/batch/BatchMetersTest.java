package io.millrace.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.testing.MetersTable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchMetersTest {

  private static final UUID RUN = new UUID(1, 1);

  private static final List<BatchEvent> ONE_OF_EACH =
      List.of(
          new BatchEvent.RunBegun(RUN, "accrual", null),
          new BatchEvent.RunCompleted(RUN, "accrual"),
          new BatchEvent.RunStopped(RUN, "accrual"),
          new BatchEvent.RunBeginsAgain(RUN, "accrual", "no", Duration.ofSeconds(1)),
          new BatchEvent.RunFailed(RUN, "accrual", "no"),
          new BatchEvent.RunLeft(RUN, "accrual"),
          new BatchEvent.Advanced(RUN, "accrual", 500),
          new BatchEvent.PartitionBegun(RUN, "accrual", "accrue", "part"),
          new BatchEvent.PartitionFailed(RUN, "accrual", "accrue", "part", "no"),
          new BatchEvent.PartitionLeft(RUN, "accrual", "accrue", "part"),
          new BatchEvent.Hindered("no"),
          new BatchEvent.GoesOn());

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    BatchMeters meters = new BatchMeters(registry);
    ONE_OF_EACH.forEach(meters::on);
    meters.on(new BatchEvent.RunBegun(RUN, "accrual", "another"));

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .hasSameElementsAs(MetersTable.names("millrace.batch"));
    assertThat(registry.get("millrace.batch.items").counter().count()).isEqualTo(500);
    assertThat(registry.get("millrace.batch.runs").tag("event", "taken_over").counter().count())
        .isEqualTo(1);
  }

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(BatchEvent.class.getPermittedSubclasses());
  }
}

package io.millrace.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.testing.MetersTable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DispatchMetersTest {

  private static final JobType TYPE = new JobType("a.b");
  private static final JobId JOB = JobId.of("acme", "1");

  private static final List<DispatchEvent> ONE_OF_EACH =
      List.of(
          new DispatchEvent.Dispatched(TYPE, 2),
          new DispatchEvent.Deferred(TYPE, 1),
          new DispatchEvent.Returned(new DependencyKey("credit-bureau"), 1),
          new DispatchEvent.SetAside(TYPE, 1),
          new DispatchEvent.Resumed(TYPE, 1),
          new DispatchEvent.PausesMeasured(1, Duration.ofMinutes(1)),
          new DispatchEvent.Expired(1),
          new DispatchEvent.Revived(JOB, 2),
          new DispatchEvent.Convicted(JOB),
          new DispatchEvent.Announced(3),
          new DispatchEvent.EndpointsAnnounced(1),
          new DispatchEvent.PublishedAgain(TYPE, 1),
          new DispatchEvent.ResultsDropped(4),
          new DispatchEvent.WorkerDeclaredDead(new UUID(1, 1)),
          new DispatchEvent.LagMeasured(Duration.ofSeconds(2)),
          new DispatchEvent.PassFailed("due", "no"),
          new DispatchEvent.PassRecovered("due"));

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DispatchMeters meters = new DispatchMeters(registry);
    ONE_OF_EACH.forEach(meters::on);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .hasSameElementsAs(MetersTable.names("millrace.dispatcher", "millrace.pauses"));
    assertThat(registry.get("millrace.dispatcher.dispatched").counter().count()).isEqualTo(2);
    assertThat(registry.get("millrace.dispatcher.lag").timeGauge().value()).isEqualTo(2);
  }

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(DispatchEvent.class.getPermittedSubclasses());
  }
}

package io.millrace.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.DependencyKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DispatchMetersTest {

  private static final Path TABLE = Path.of("../ops/metrics.md");
  private static final Pattern METER =
      Pattern.compile("(?m)^\\| `(millrace\\.(?:dispatcher|pauses)[a-z.]*)`");
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
  void theTableHasExactlyTheMetersOfTheCode() throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DispatchMeters meters = new DispatchMeters(registry);
    ONE_OF_EACH.forEach(meters::on);

    Set<String> inCode =
        registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toSet());

    assertThat(
            METER
                .matcher(Files.readString(TABLE))
                .results()
                .map((MatchResult match) -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(inCode);
    assertThat(registry.get("millrace.dispatcher.dispatched").counter().count()).isEqualTo(2);
    assertThat(registry.get("millrace.dispatcher.lag").timeGauge().value()).isEqualTo(2);
  }

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(DispatchEvent.class.getPermittedSubclasses());
  }
}

package io.millrace.worker.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.JobState;
import io.millrace.core.pause.Paused;
import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.EndpointId;
import io.millrace.testing.MetersTable;
import io.millrace.testing.MetersTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTableTest {

  private static final String SECTION = "Worker";
  private static final Path RULES = Path.of("../ops/prometheus/millrace.rules.yml");
  private static final Path RUNBOOKS = Path.of("../ops/runbooks");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern METER = Pattern.compile("millrace_[a-z_]+");

  private static final JobId JOB = JobId.of("acme", "4711");
  private static final DependencyKey BUREAU = new DependencyKey("credit-bureau");
  private static final UUID WORKER = new UUID(0, 1);

  private static final List<WorkerEvent> ONE_OF_EACH =
      List.of(
          new WorkerEvent.WorkerStarted(WORKER, 1),
          new WorkerEvent.BrokerConnected("localhost:5672", 5),
          new WorkerEvent.BatchTaken(3),
          new WorkerEvent.MessageRefused(Refusal.TOO_LARGE, "2 MB", "millrace.job.x", null),
          new WorkerEvent.DuplicateRecognised(JOB),
          new WorkerEvent.DeliveryHeld(JOB),
          new WorkerEvent.OthersGoFirst(JOB, new JobType("a.b")),
          new WorkerEvent.JobTakenOver(JOB, 1),
          new WorkerEvent.JobEnded(
              JOB,
              new JobType("loan.amortize"),
              JobState.SUCCEEDED,
              Duration.ofMillis(5),
              Duration.ofMillis(9)),
          new WorkerEvent.AttemptFailed(
              JOB, new JobType("a.b"), 1, "java.io.IOException", Instant.EPOCH),
          new WorkerEvent.HandlerInterrupted(JOB, "time limit"),
          new WorkerEvent.HandlerGivenUp(JOB, new JobType("a.b"), 1),
          new WorkerEvent.SuspectRunsAlone(JOB, 2),
          new WorkerEvent.AcknowledgedEarly(3),
          new WorkerEvent.ProcessEnding("exhausted"),
          new WorkerEvent.CommitFenced(JOB, 1),
          new WorkerEvent.GroupSettled(2, Duration.ofMillis(4)),
          new WorkerEvent.JobParked(JOB, new JobType("a.b"), BUREAU, "its circuit is open"),
          new WorkerEvent.CallEnded(
              BUREAU, WorkerEvent.CallResult.SUCCEEDED, Duration.ofMillis(50)),
          new WorkerEvent.CircuitOpened(BUREAU, "of the last 20 calls 20 failed"),
          new WorkerEvent.CircuitClosed(BUREAU),
          new WorkerEvent.DependencyRests(BUREAU, Duration.ofSeconds(7)),
          new WorkerEvent.EndpointDisabled(
              new EndpointId("acme", "orders"), DisabledReason.FAILING),
          new WorkerEvent.TypesPaused(Set.of(new JobType("a.b"))),
          new WorkerEvent.QueuesPaused(new Paused(Set.of(new JobType("a.b")), Set.of())),
          new WorkerEvent.JobSetAside(JOB, new JobType("a.b")),
          new WorkerEvent.DatabaseLost("connection refused"),
          new WorkerEvent.DatabaseBack(Duration.ofSeconds(1)),
          new WorkerEvent.LimitsLost("connection refused"),
          new WorkerEvent.LimitsBack(Duration.ofSeconds(1)),
          new WorkerEvent.BrokerLost("connection refused"),
          new WorkerEvent.AnnouncementDelayed(2, "not confirmed"),
          new WorkerEvent.WorkerDeclaredDead(WORKER),
          new WorkerEvent.WorkerEnded(WORKER, "stopped"));

  @Test
  void everyKindOfEventIsFedToTheMeters() {
    assertThat(ONE_OF_EACH)
        .extracting(WorkerEvent::getClass)
        .containsExactlyInAnyOrderElementsOf(eventClasses());
  }

  @Test
  void theTableHasExactlyTheMetersOfTheCode() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    WorkerMeters meters = new WorkerMeters(registry);
    ONE_OF_EACH.forEach(meters::on);

    Set<Row> inCode =
        registry.getMeters().stream()
            // Not the gauges that this registry makes of a timer's buckets.
            .filter(meter -> meter.getId().syntheticAssociation() == null)
            .map(MetricsTableTest::row)
            .collect(Collectors.toSet());
    assertThat(MetersTable.rows().stream().filter(row -> row.section().equals(SECTION)))
        .containsExactlyInAnyOrderElementsOf(inCode);
  }

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    List<String> alerts =
        ALERT.matcher(Files.readString(RULES)).results().map(match -> match.group(1)).toList();

    try (Stream<Path> runbooks = Files.list(RUNBOOKS)) {
      assertThat(runbooks.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              alerts.stream().map(alert -> alert + ".md").toList());
    }
  }

  @Test
  void alertsAskOnlyForMetersOfTheTable() throws IOException {
    Set<String> documented =
        MetersTable.rows().stream().map(Row::inPrometheus).collect(Collectors.toSet());

    assertThat(METER.matcher(Files.readString(RULES)).results().map(MatchResult::group))
        .isNotEmpty()
        .allMatch(documented::contains);
  }

  private static List<Class<? extends WorkerEvent>> eventClasses() {
    return Arrays.stream(WorkerEvent.class.getPermittedSubclasses())
        .<Class<? extends WorkerEvent>>map(type -> type.asSubclass(WorkerEvent.class))
        .toList();
  }

  private static Row row(Meter meter) {
    String name = meter.getId().getName();
    String plain = name.replace('.', '_');
    Set<String> tags =
        meter.getId().getTags().stream()
            .map(Tag::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    return switch (meter) {
      case Counter _ -> new Row(SECTION, name, plain + "_total", "counter", tags);
      case Timer timer ->
          new Row(SECTION, name, plain + "_seconds", hasBuckets(timer) ? "timer ▥" : "timer", tags);
      case DistributionSummary _ -> new Row(SECTION, name, plain, "summary", tags);
      case Gauge _ -> new Row(SECTION, name, plain, "gauge", tags);
      default -> throw new AssertionError("the table has no word for " + meter.getId());
    };
  }

  private static boolean hasBuckets(Timer timer) {
    return timer.takeSnapshot().histogramCounts().length > 0;
  }
}

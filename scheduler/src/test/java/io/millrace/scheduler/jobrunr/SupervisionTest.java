package io.millrace.scheduler.jobrunr;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SupervisionTest {

  private static final JobRunrProperties PROPERTIES =
      new JobRunrProperties(
          Duration.ofSeconds(5), 10, Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final List<FakeServer> servers = new ArrayList<>();
  private final List<JobRunrEvent> events = new ArrayList<>();
  private final Supervision supervision = new Supervision(this::server, PROPERTIES, events::add);
  private boolean databaseAnswers = true;
  private long now = Long.MAX_VALUE - 1_000_000; // a monotonic clock may begin anywhere

  @Test
  void startsAServerAndLeavesItAlone() {
    look(Duration.ZERO);
    beat();

    for (int i = 0; i < 1_000; i++) {
      look(Duration.ofSeconds(1));
      beat();
    }

    assertThat(servers).hasSize(1);
    assertThat(events).containsExactly(new JobRunrEvent.Started(), new JobRunrEvent.Working());
    assertThat(supervision.isWell()).isTrue();
  }

  @Test
  void startsAnotherWhenOneHasStoppedItself() {
    look(Duration.ZERO);
    beat();
    look(Duration.ofSeconds(1));

    servers.getFirst().running = false;
    look(Duration.ofSeconds(1));
    assertThat(supervision.isWell()).isFalse();
    look(Duration.ofMillis(999));
    assertThat(servers).hasSize(1);
    look(Duration.ofMillis(1));
    beat();
    look(Duration.ofSeconds(1));

    assertThat(servers).hasSize(2);
    assertThat(supervision.isWell()).isTrue();
    assertThat(events).filteredOn(JobRunrEvent.Lost.class::isInstance).hasSize(1);
  }

  @Test
  void waitsLongerEachTimeUntilOneHasWorkedForAWhile() {
    look(Duration.ZERO);
    for (int i = 0; i < 4; i++) {
      servers.getLast().running = false;
      look(Duration.ofSeconds(1));
      look(Duration.ofSeconds(3));
    }
    assertThat(waits()).containsExactly(1L, 2L, 3L, 3L);

    for (int i = 0; i < 301; i++) {
      beat();
      look(Duration.ofSeconds(1));
    }
    servers.getLast().running = false;
    look(Duration.ofSeconds(1));

    assertThat(waits()).endsWith(1L);
  }

  @Test
  void startsAnotherWhenOneIsSilentWhileTheDatabaseAnswers() {
    look(Duration.ZERO);
    beat();
    look(Duration.ofSeconds(1));

    look(Duration.ofSeconds(30));
    assertThat(supervision.isWell()).isTrue();
    look(Duration.ofSeconds(5));

    assertThat(supervision.isWell()).isFalse();
    assertThat(Await.until(() -> servers.getFirst().stops > 0, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void blamesNoServerForADatabaseThatDoesNotAnswer() {
    look(Duration.ZERO);
    beat();
    look(Duration.ofSeconds(1));

    databaseAnswers = false;
    for (int i = 0; i < 100; i++) {
      look(Duration.ofSeconds(5));
    }
    databaseAnswers = true;
    look(Duration.ofSeconds(5));

    assertThat(servers).hasSize(1);
    assertThat(supervision.isWell()).isTrue();
  }

  @Test
  void startsNoServerUntilTheDatabaseAnswers() {
    databaseAnswers = false;
    look(Duration.ZERO);
    look(Duration.ofSeconds(1));
    assertThat(events).isEmpty();

    databaseAnswers = true;
    look(Duration.ofSeconds(1));

    assertThat(events).containsExactly(new JobRunrEvent.Started());
  }

  @Test
  void stopsAServerAgainThatStartsItselfAfterItWasLost() {
    look(Duration.ZERO);
    FakeServer first = servers.getFirst();
    first.running = false;
    look(Duration.ofSeconds(1));
    assertThat(Await.until(() -> first.stops == 1, Duration.ofSeconds(10))).isTrue();

    first.running = true;
    look(Duration.ofSeconds(1));

    assertThat(Await.until(() -> first.stops == 2, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void stopsItsServerWhenItEnds() throws Exception {
    look(Duration.ZERO);

    supervision.stop();

    assertThat(servers.getFirst().stops).isEqualTo(1);
  }

  private void look(Duration later) {
    now += later.toNanos();
    supervision.look(now);
  }

  private void beat() {
    FakeServer last = servers.getLast();
    last.beats++;
  }

  private List<Long> waits() {
    return events.stream()
        .filter(JobRunrEvent.Lost.class::isInstance)
        .map(event -> ((JobRunrEvent.Lost) event).after().toSeconds())
        .toList();
  }

  private JobServer server() {
    FakeServer server = new FakeServer();
    servers.add(server);
    return server;
  }

  private final class FakeServer implements JobServer {

    volatile boolean running;
    volatile int stops;
    int beats;

    @Override
    public void start() {
      running = true;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public synchronized void stop() {
      running = false;
      stops = stops + 1;
    }

    @Override
    public Optional<Instant> heartbeat() {
      if (!databaseAnswers) {
        throw new IllegalStateException("no database");
      }
      return beats == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(beats));
    }
  }
}

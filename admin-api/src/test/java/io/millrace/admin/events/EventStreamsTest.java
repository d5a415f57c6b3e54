package io.millrace.admin.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.admin.problem.ApiProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

  private final Kind kind = new Kind();
  private final CountDownLatch never = new CountDownLatch(1);

  /** The test looks; the poller waits until the end of it. */
  private final EventStreams streams =
      new EventStreams(
          new EventsProperties(1_000, Duration.ofMinutes(1), Duration.ofSeconds(15)),
          new EventStreams.Alarm() {
            @Override
            public void await(Duration patience) throws InterruptedException {
              never.await();
            }

            @Override
            public void rest() {}
          },
          () -> 0);

  @BeforeEach
  void start() {
    streams.start();
  }

  @AfterEach
  void stop() {
    streams.stop();
    never.countDown();
  }

  @Test
  void asksOnceForAllWhoWatch() {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      UUID id = new UUID(0, i);
      ids.add(id);
      kind.standings.put(id, new Watchable.Standing("running", false));
      streams.watch(kind, id);
      streams.watch(kind, id);
    }
    kind.asked.clear();

    streams.look();

    assertThat(kind.asked).hasSize(1);
    assertThat(kind.asked.getFirst()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(streams.watchers()).isEqualTo(1_000);
  }

  @Test
  void keepsNoRoomForWhatHasEnded() {
    kind.standings.put(new UUID(0, 1), new Watchable.Standing("done", true));

    streams.watch(kind, new UUID(0, 1)); // before anybody answers the request
    streams.watch(kind, new UUID(0, 2)); // of which nothing is known

    assertThat(streams.watchers()).isZero();
  }

  @Test
  void refusesMoreThanThereIsRoomFor() {
    UUID id = new UUID(0, 1);
    kind.standings.put(id, new Watchable.Standing("running", false));
    for (int i = 0; i < 1_000; i++) {
      streams.watch(kind, id);
    }

    assertThatExceptionOfType(ApiProblem.class)
        .isThrownBy(() -> streams.watch(kind, id))
        .satisfies(problem -> assertThat(problem.getStatusCode().value()).isEqualTo(503));
  }

  @Test
  void goesOnWhenALookFails() {
    UUID id = new UUID(0, 1);
    kind.standings.put(id, new Watchable.Standing("running", false));
    streams.watch(kind, id);
    kind.isAway = true;
    streams.look();
    kind.isAway = false;
    kind.asked.clear();

    streams.look();

    assertThat(kind.asked).hasSize(1);
  }

  private static final class Kind implements Watchable {

    private final Map<UUID, Standing> standings = new HashMap<>();
    private final List<Collection<UUID>> asked = new ArrayList<>();
    private boolean isAway;

    @Override
    public Map<UUID, Standing> look(Collection<UUID> ids) {
      if (isAway) {
        throw new IllegalStateException("the database is away");
      }
      asked.add(List.copyOf(ids));
      return Map.copyOf(standings);
    }
  }
}

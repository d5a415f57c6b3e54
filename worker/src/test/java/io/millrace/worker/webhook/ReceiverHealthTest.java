package io.millrace.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointUrl;
import io.millrace.core.webhook.Subscription;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverHealthTest {

  private static final EndpointId ID = new EndpointId("acme", "orders");
  private static final Instant BEGIN = Instant.parse("2026-11-01T12:00:00Z");

  private final FakeEndpointStore store = new FakeEndpointStore();
  private final List<WorkerEvent> events = new ArrayList<>();
  private Instant now = BEGIN;
  private final ReceiverHealth health = health();
  private final ReceiverHealth ofAnotherWorker = health();

  @BeforeEach
  void begin() {
    create();
    look();
  }

  private void create() {
    store.create(
        ID,
        new Subscription(new EndpointUrl("https://example.com"), "", List.of()),
        Endpoint.Origin.API,
        now);
  }

  @Test
  void givesUpAnEndpointThatHasFailedForDays() {
    health.failed(ID);
    pass(Duration.ofDays(5).minusSeconds(1));
    health.failed(ID);
    assertThat(standing().disabled()).isNull();

    pass(Duration.ofSeconds(1));
    health.failed(ID);

    assertThat(standing().disabled()).isEqualTo(DisabledReason.FAILING);
    assertThat(standing().failingSince()).isEqualTo(BEGIN);
    assertThat(events)
        .containsExactly(new WorkerEvent.EndpointDisabled(ID, DisabledReason.FAILING));

    health.failed(ID);
    assertThat(events).as("told once").hasSize(1);
  }

  @Test
  void doesNotGiveUpOneThatHasSucceededMeanwhile() {
    health.failed(ID);
    pass(Duration.ofDays(4));
    health.succeeded(ID);
    pass(Duration.ofDays(4));
    health.failed(ID);
    pass(Duration.ofDays(4));
    health.failed(ID);

    assertThat(standing().disabled()).isNull();
    assertThat(standing().failingSince()).isEqualTo(BEGIN.plus(Duration.ofDays(8)));
  }

  @Test
  void heedsASuccessOfAnotherWorkerThatItHasNotSeen() {
    health.failed(ID);
    pass(Duration.ofDays(6));
    look(ofAnotherWorker);
    ofAnotherWorker.succeeded(ID);

    health.failed(ID);

    assertThat(standing().disabled()).isNull();
    look();
    health.failed(ID);
    assertThat(standing().failingSince()).isEqualTo(now);
  }

  @Test
  void endsAFailureOfAnotherWorkerThatItsOwnSuccessHasFollowed() {
    ofAnotherWorker.succeeded(ID);
    pass(Duration.ofSeconds(1));
    health.failed(ID);
    pass(Duration.ofSeconds(1));
    ofAnotherWorker.succeeded(ID); // it does not know of the failure yet
    assertThat(standing().failingSince()).isNotNull();

    look(ofAnotherWorker);

    assertThat(standing().failingSince()).isNull();
  }

  @Test
  void writesWhatChangesAndNotEachCall() {
    for (int i = 0; i < 1_000; i++) {
      health.succeeded(ID);
    }
    assertThat(store.healthWrites).isEqualTo(1);

    for (int i = 0; i < 1_000; i++) {
      pass(Duration.ofSeconds(1));
      health.failed(ID);
    }
    assertThat(store.healthWrites).isEqualTo(2);

    for (int i = 0; i < 7_200; i++) {
      pass(Duration.ofSeconds(1));
      health.succeeded(ID);
      if (i % 2 == 0) {
        look();
      }
    }
    assertThat(store.healthWrites).as("and once an hour").isEqualTo(4);
  }

  @Test
  void writesLaterWhatItCouldNotWrite() {
    store.away = true;
    health.failed(ID);
    store.away = false;
    assertThat(standing().failingSince()).isNull();
    pass(Duration.ofMinutes(1));

    health.failed(ID);
    assertThat(standing().failingSince()).isEqualTo(now);

    store.away = true;
    health.succeeded(ID);
    store.away = false;
    assertThat(standing().failingSince()).isNotNull();
    health.succeeded(ID);
    assertThat(standing().failingSince()).isNull();
  }

  @Test
  void givesUpAtOnceWhoIsGone() {
    health.gone(ID);
    health.gone(ID);

    assertThat(standing().disabled()).isEqualTo(DisabledReason.GONE);
    assertThat(events).containsExactly(new WorkerEvent.EndpointDisabled(ID, DisabledReason.GONE));
  }

  @Test
  void forgetsWhatThereIsNoMore() {
    health.failed(ID);
    store.rows.clear();
    look();
    create();
    pass(Duration.ofDays(9));

    health.failed(ID);

    assertThat(standing().failingSince()).isEqualTo(now);
    assertThat(standing().disabled()).isNull();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void look() {
    look(health);
  }

  private void look(ReceiverHealth which) {
    which.seen(store.all());
  }

  private Endpoint.Standing standing() {
    return store.find(ID).orElseThrow().standing();
  }

  private ReceiverHealth health() {
    return new ReceiverHealth(
        store, Duration.ofDays(5), () -> now, new WorkerEvents(List.of(events::add)));
  }
}

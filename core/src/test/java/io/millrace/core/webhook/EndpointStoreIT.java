package io.millrace.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.EndpointEvent;
import io.millrace.core.secret.SealedSecret;
import io.millrace.core.webhook.Endpoint.Origin;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EndpointStoreIT {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final EndpointId ORDERS = new EndpointId("acme", "orders");
  private static final Subscription WANTED =
      new Subscription(new EndpointUrl("https://example.com/a"), "ours", List.of("invoice.*"));

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JdbcEndpointStore store = new JdbcEndpointStore(jdbc);

  @Test
  void keepsEndpointsWithTheirKeys() {
    assertThat(store.create(ORDERS, WANTED, Origin.API, NOW)).isTrue();
    assertThat(store.create(ORDERS, WANTED, Origin.CONFIGURATION, NOW)).isFalse();
    store.addKey(ORDERS, key("k2", 2), NOW);
    store.addKey(ORDERS, key("k1", 1), NOW.plusSeconds(1));

    assertThat(store.find(ORDERS))
        .contains(
            new Endpoint(
                ORDERS,
                WANTED,
                Origin.API,
                Endpoint.Standing.NEW,
                List.of(key("k2", 2), key("k1", 1))));

    store.addKey(ORDERS, key("k2", 3), NOW.plusSeconds(2));
    assertThat(store.retireKey(ORDERS, "k1")).isTrue();
    assertThat(store.retireKey(ORDERS, "k1")).isFalse();
    assertThat(store.find(ORDERS).orElseThrow().keys()).containsExactly(key("k2", 3));
    assertThat(store.find(new EndpointId("other", "orders"))).isEmpty();
  }

  @Test
  void listsTheEndpointsOfATenantPageByPage() {
    for (String id : List.of("c", "a", "b")) {
      store.create(new EndpointId("acme", id), WANTED, Origin.API, NOW);
      store.addKey(new EndpointId("acme", id), key("k1", 1), NOW);
      store.addKey(new EndpointId("acme", id), key("k2", 2), NOW);
      store.create(new EndpointId("other", id), WANTED, Origin.API, NOW);
    }

    assertThat(store.ofTenant("acme", null, 2))
        .extracting(each -> each.id().id())
        .containsExactly("a", "b");
    assertThat(store.ofTenant("acme", "b", 2))
        .extracting(each -> each.id().id())
        .containsExactly("c");
    assertThat(store.all()).hasSize(6).allMatch(each -> each.keys().size() % 2 == 0);
  }

  @Test
  void beginsToFailOnceAndEndsWithASuccessAfterThat() {
    store.create(ORDERS, WANTED, Origin.API, NOW);

    store.failed(ORDERS, NOW);
    store.failed(ORDERS, NOW.plusSeconds(9));
    assertThat(standing().failingSince()).isEqualTo(NOW);

    store.succeeded(ORDERS, NOW.plusSeconds(10));
    assertThat(standing()).isEqualTo(new Endpoint.Standing(null, null, null, NOW.plusSeconds(10)));

    store.failed(ORDERS, NOW.plusSeconds(20));
    store.succeeded(ORDERS, NOW.plusSeconds(15));
    assertThat(standing().failingSince())
        .as("a success before the failure")
        .isEqualTo(NOW.plusSeconds(20));
  }

  @Test
  void isDisabledOnlyAfterAFailureThatIsOldEnough() {
    store.create(ORDERS, WANTED, Origin.API, NOW);
    assertThat(store.disableIfFailingSince(ORDERS, NOW, NOW)).as("not failing").isFalse();
    store.failed(ORDERS, NOW);

    assertThat(store.disableIfFailingSince(ORDERS, NOW.minusSeconds(1), NOW)).isFalse();
    assertThat(store.disableIfFailingSince(ORDERS, NOW, NOW.plusSeconds(5))).isTrue();
    assertThat(store.disableIfFailingSince(ORDERS, NOW, NOW.plusSeconds(6))).isFalse();

    assertThat(standing())
        .isEqualTo(new Endpoint.Standing(DisabledReason.FAILING, NOW.plusSeconds(5), NOW, null));
    assertThat(store.lockUnannounced(10))
        .containsExactly(
            new EndpointEvent(
                "acme",
                "orders",
                "example.com",
                EndpointEvent.Reason.FAILING,
                NOW.plusSeconds(5),
                NOW));
  }

  @Test
  void isAnnouncedUntilThatIsDoneAndOnlyIfItWasTheEnginesVerdict() {
    for (String id : List.of("gone", "operator", "configuration", "enabled")) {
      store.create(new EndpointId("acme", id), WANTED, Origin.API, NOW);
    }
    store.disable(new EndpointId("acme", "gone"), DisabledReason.GONE, NOW);
    store.disable(new EndpointId("acme", "operator"), DisabledReason.OPERATOR, NOW);
    store.disable(new EndpointId("acme", "configuration"), DisabledReason.NOT_CONFIGURED, NOW);

    List<EndpointEvent> events = store.lockUnannounced(10);
    assertThat(events).extracting(EndpointEvent::endpoint).containsExactly("gone");

    store.announced(events);
    assertThat(store.lockUnannounced(10)).isEmpty();
    assertThat(store.find(new EndpointId("acme", "gone")).orElseThrow().standing().disabled())
        .isEqualTo(DisabledReason.GONE);
  }

  @Test
  void startsAfreshWhenItIsEnabledOrHasAnotherUrl() {
    store.create(ORDERS, WANTED, Origin.API, NOW);
    store.failed(ORDERS, NOW);
    store.disable(ORDERS, DisabledReason.GONE, NOW);

    assertThat(store.enable(ORDERS, NOW)).isTrue();
    assertThat(store.enable(ORDERS, NOW)).isFalse();
    assertThat(standing()).isEqualTo(Endpoint.Standing.NEW);
    assertThat(store.lockUnannounced(10)).isEmpty();

    store.failed(ORDERS, NOW);
    Subscription renamed = new Subscription(WANTED.url(), "renamed", List.of());
    Subscription moved =
        new Subscription(new EndpointUrl("https://example.com/b"), "moved", List.of());
    assertThat(store.change(ORDERS, renamed, NOW)).isTrue();
    assertThat(standing().failingSince()).isEqualTo(NOW);
    assertThat(store.change(ORDERS, moved, NOW)).isTrue();
    assertThat(standing().failingSince()).isNull();
    assertThat(store.find(ORDERS).orElseThrow().subscription()).isEqualTo(moved);
    assertThat(store.change(new EndpointId("acme", "none"), moved, NOW)).isFalse();
  }

  private Endpoint.Standing standing() {
    return store.find(ORDERS).orElseThrow().standing();
  }

  private static EndpointKey key(String id, int content) {
    return new EndpointKey(id, new SealedSecret("master", new byte[] {(byte) content}));
  }
}

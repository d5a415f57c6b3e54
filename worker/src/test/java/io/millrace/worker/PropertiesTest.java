package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.worker.claim.ShareProperties;
import io.millrace.worker.claim.TenantProperties;
import io.millrace.worker.pipeline.WorkerProperties;
import io.millrace.worker.settlement.SettlementProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class PropertiesTest {

  @Test
  void hasDefaults() {
    assertThat(bind("millrace.worker", WorkerProperties.class, Map.of()))
        .isEqualTo(
            new WorkerProperties(
                "",
                2_000,
                500,
                0,
                4,
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(15)));
    assertThat(bind("millrace.settlement", SettlementProperties.class, Map.of()))
        .isEqualTo(
            new SettlementProperties(
                500, Duration.ofMillis(4), Duration.ofMillis(500), Duration.ofMinutes(5)));
    assertThat(bind("millrace.lease", LeaseProperties.class, Map.of()))
        .isEqualTo(new LeaseProperties(Duration.ofSeconds(3), Duration.ofSeconds(15)));
    assertThat(bind("millrace.tenants", TenantProperties.class, Map.of()))
        .isEqualTo(new TenantProperties("default", Map.of(), Set.of()));
    assertThat(bind("millrace.shares", ShareProperties.class, Map.of()))
        .isEqualTo(new ShareProperties(0, Map.of()));
    assertThat(bind("millrace.outcomes", OutcomeProperties.class, Map.of()))
        .isEqualTo(
            new OutcomeProperties(
                OutcomeProperties.Publish.ALL, Map.of(), List.of("millrace.reply.*")));
  }

  @Test
  void readsEveryKey() {
    assertThat(
            bind(
                "millrace.worker",
                WorkerProperties.class,
                Map.of(
                    "millrace.worker.name", "w1",
                    "millrace.worker.prefetch", "10",
                    "millrace.worker.batch", "5",
                    "millrace.worker.threads", "3",
                    "millrace.worker.transactions", "2",
                    "millrace.worker.max-payload", "2MB",
                    "millrace.worker.grace", "1m",
                    "millrace.worker.stalled-after", "2m")))
        .isEqualTo(
            new WorkerProperties(
                "w1",
                10,
                5,
                3,
                2,
                DataSize.ofMegabytes(2),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2)));
    assertThat(
            bind(
                "millrace.outcomes",
                OutcomeProperties.class,
                Map.of(
                    "millrace.outcomes.publish", "failures",
                    "millrace.outcomes.types[loan.amortize]", "replies",
                    "millrace.outcomes.reply-to", "a,b.*")))
        .isEqualTo(
            new OutcomeProperties(
                OutcomeProperties.Publish.FAILURES,
                Map.of("loan.amortize", OutcomeProperties.Publish.REPLIES),
                List.of("a", "b.*")));
  }

  @Test
  void readsTheSharesOfTypesWithDotsInTheirNames() {
    assertThat(
            bind(
                "millrace.shares",
                ShareProperties.class,
                Map.of(
                    "millrace.shares.common", "100",
                    "millrace.shares.types.loan.amortize", "0")))
        .isEqualTo(new ShareProperties(100, Map.of("loan.amortize", 0)));
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    assertRefused("millrace.worker.prefetch", "0", WorkerProperties.class);
    assertRefused("millrace.worker.batch", "5001", WorkerProperties.class);
    assertRefused("millrace.worker.threads", "-1", WorkerProperties.class);
    assertRefused("millrace.worker.max-payload", "65MB", WorkerProperties.class);
    assertRefused("millrace.worker.grace", "2h", WorkerProperties.class);
    assertRefused("millrace.settlement.group", "0", SettlementProperties.class);
    assertRefused("millrace.settlement.linger", "2s", SettlementProperties.class);
    assertRefused("millrace.settlement.record-after", "1ms", SettlementProperties.class);
    assertRefused("millrace.shares.common", "-1", ShareProperties.class);
    assertRefused("millrace.lease.heartbeat", "1m", LeaseProperties.class);
    assertRefused("millrace.lease.dead-after", "8s", LeaseProperties.class);
  }

  @Test
  void permitsRepliesByPattern() {
    OutcomeProperties outcomes =
        new OutcomeProperties(OutcomeProperties.Publish.ALL, Map.of(), List.of("exact", "some.*"));

    assertThat(outcomes.mayReplyTo("exact")).isTrue();
    assertThat(outcomes.mayReplyTo("some.queue")).isTrue();
    assertThat(outcomes.mayReplyTo("exactly")).isFalse();
    assertThat(outcomes.mayReplyTo("other")).isFalse();
  }

  private static void assertRefused(String key, String value, Class<?> type) {
    assertThatThrownBy(() -> bind(key.substring(0, key.lastIndexOf('.')), type, Map.of(key, value)))
        .rootCause()
        .hasMessageContaining(key)
        .hasMessageContaining("must be from");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(prefix, Bindable.of(type));
  }
}

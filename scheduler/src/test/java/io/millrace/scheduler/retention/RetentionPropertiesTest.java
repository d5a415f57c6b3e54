package io.millrace.scheduler.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.scheduler.retention.RetentionProperties.Rule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionPropertiesTest {

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new RetentionProperties(
                Duration.ZERO,
                Map.of(),
                Duration.ofDays(400),
                Duration.ZERO,
                Duration.ofDays(90),
                500));
  }

  @Test
  void readsEveryKey() {
    RetentionProperties properties =
        bind(
            Map.of(
                "millrace.retention.jobs", "60d",
                "millrace.retention.rules.loans.type", "loan.amortize",
                "millrace.retention.rules.loans.tenant", "acme",
                "millrace.retention.rules.loans.keep", "3650d",
                "millrace.retention.ids", "0",
                "millrace.retention.quarantine", "30d",
                "millrace.retention.batches", "14d",
                "millrace.retention.batch", "7"));

    assertThat(properties)
        .isEqualTo(
            new RetentionProperties(
                Duration.ofDays(60),
                Map.of("loans", new Rule("loan.amortize", "acme", Duration.ofDays(3_650))),
                Duration.ZERO,
                Duration.ofDays(30),
                Duration.ofDays(14),
                7));
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    assertRefused("millrace.retention.jobs", Map.of("millrace.retention.jobs", "59m"));
    assertRefused(
        "millrace.retention.rules.a.keep",
        Map.of("millrace.retention.rules.a.keep", "1s", "millrace.retention.rules.a.type", "a"));
    assertRefused("millrace.retention.ids", Map.of("millrace.retention.ids", "29d"));
    assertRefused("millrace.retention.quarantine", Map.of("millrace.retention.quarantine", "1h"));
    assertRefused("millrace.retention.batches", Map.of("millrace.retention.batches", "1d"));
    assertRefused("millrace.retention.batch", Map.of("millrace.retention.batch", "0"));
    assertRefused(
        "names neither type nor tenant", Map.of("millrace.retention.rules.all.keep", "30d"));
  }

  private static void assertRefused(String says, Map<String, String> properties) {
    assertThatThrownBy(() -> bind(properties)).hasStackTraceContaining(says);
  }

  private static RetentionProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace.retention", Bindable.of(RetentionProperties.class));
  }
}

package io.millrace.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ResultPropertiesTest {

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of())).isEqualTo(new ResultProperties(Duration.ofDays(90), Map.of()));
  }

  @Test
  void readsEveryKey() {
    ResultProperties properties =
        bind(
            Map.of(
                "millrace.results.keep", "0",
                "millrace.results.types.loan.amortize", "12h",
                "millrace.results.types.webhook", "0"));

    assertThat(properties.keep()).isZero();
    assertThat(properties.ofType("loan.amortize")).isEqualTo(Duration.ofHours(12));
    assertThat(properties.ofType("webhook")).isZero();
  }

  @Test
  void refusesWhatIsOutOfBoundsOrNoTime() {
    assertRefused("millrace.results.keep", "10ms", "must be from");
    assertRefused("millrace.results.keep", "-1d", "must be from");
    assertRefused("millrace.results.types.a.b", "3651d", "must be from");
    assertRefused("millrace.results.types.a.b", "a year", "write a time such as");
  }

  private static void assertRefused(String key, String value, String says) {
    assertThatThrownBy(() -> bind(Map.of(key, value)))
        .hasStackTraceContaining(key)
        .hasStackTraceContaining(says);
  }

  private static ResultProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace.results", Bindable.of(ResultProperties.class));
  }
}

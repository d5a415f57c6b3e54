package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.address.Permits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class HttpPropertiesTest {

  @Test
  void hasDefaults() {
    HttpProperties defaults = bind(Map.of());

    assertThat(defaults)
        .isEqualTo(
            new HttpProperties(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(4),
                10_000,
                Duration.ofSeconds(30),
                0,
                Set.of()));
    assertThat(defaults.permits()).isSameAs(Permits.NONE);
    assertThat(defaults.limits())
        .isEqualTo(new CallLimits(Duration.ofSeconds(30), 4 * 1_024 * 1_024, 0));
  }

  @Test
  void readsEveryKey() {
    assertThat(
            bind(
                Map.of(
                    "millrace.http.connect-timeout", "1s",
                    "millrace.http.time-limit", "2m",
                    "millrace.http.max-response", "1KB",
                    "millrace.http.connections-per-host", "5",
                    "millrace.http.idle-timeout", "10s",
                    "millrace.http.redirects", "5",
                    "millrace.http.allow", "10.0.0.0/8,*.lan:8080")))
        .isEqualTo(
            new HttpProperties(
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                DataSize.ofKilobytes(1),
                5,
                Duration.ofSeconds(10),
                5,
                Set.of("10.0.0.0/8", "*.lan:8080")));
  }

  @ParameterizedTest
  @CsvSource({
    "connect-timeout, 1ms",
    "connect-timeout, 2m",
    "time-limit, 0s",
    "time-limit, 2h",
    "max-response, 1B",
    "max-response, 257MB",
    "connections-per-host, 0",
    "connections-per-host, 100001",
    "idle-timeout, 100ms",
    "idle-timeout, 11m",
    "redirects, -1",
    "redirects, 6",
    "allow, http://a",
  })
  void refusesWhatIsOutOfBounds(String key, String value) {
    assertThatThrownBy(() -> bind(Map.of("millrace.http." + key, value)))
        .hasStackTraceContaining("millrace.http." + key);
  }

  @Test
  void refusesLimitsAndHeadersThatNoCallMayHave() {
    CallLimits limits = bind(Map.of()).limits();

    assertThatThrownBy(() -> new CallLimits(Duration.ZERO, 1, 0)).hasMessageContaining("1 ms");
    assertThatThrownBy(() -> new CallLimits(Duration.ofDays(2), 1, 0))
        .hasMessageContaining("1 day");
    assertThatThrownBy(() -> new CallLimits(Duration.ofDays(1), -1, 0)).hasMessageContaining("GiB");
    assertThatThrownBy(() -> new CallLimits(Duration.ofDays(1), 1, 6)).hasMessageContaining("5");
    CallPolicy policy =
        new CallPolicy(null, Map.of("X-A", "1"), limits, StatusRules.STANDARD, Permits.NONE, null);
    assertThat(policy.withHeader("x-a", "2").headers()).isEqualTo(Map.of("x-a", "2"));
    assertThatThrownBy(() -> policy.withHeader("Host", "evil")).hasMessageContaining("Host");
    assertThatThrownBy(() -> policy.withIdempotencyKey("a\r\nb"))
        .hasMessageContaining("position 2");
    assertThat(policy.withPermits(Permits.of(List.of("a.lan"))).permits())
        .isNotEqualTo(Permits.NONE);
  }

  private static HttpProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace.http", Bindable.of(HttpProperties.class));
  }
}

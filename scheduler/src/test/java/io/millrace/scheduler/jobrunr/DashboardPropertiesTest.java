package io.millrace.scheduler.jobrunr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DashboardPropertiesTest {

  @Test
  void isOffByDefaultAndOnLoopbackWhenItIsOn() {
    DashboardProperties off = dashboard(Map.of());
    DashboardProperties on =
        dashboard(
            Map.of(
                "millrace.dashboard.enabled", "true",
                "millrace.dashboard.password", "correct horse"));

    assertThat(off.enabled()).isFalse();
    assertThat(on.enabled()).isTrue();
    assertThat(on.address().isLoopbackAddress()).isTrue();
    assertThat(on.port()).isEqualTo(8083);
    assertThat(on.user()).isEqualTo("millrace");
  }

  @Test
  void isNotWithoutAPassword() {
    assertRefused(Map.of("millrace.dashboard.enabled", "true"), "millrace.dashboard.password");
    assertRefused(
        Map.of("millrace.dashboard.enabled", "true", "millrace.dashboard.password", "1234567"),
        "at least 8 characters");
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    assertRefused(Map.of("millrace.dashboard.port", "65536"), "must be from");
    assertRefused(
        Map.of(
            "millrace.dashboard.enabled", "true",
            "millrace.dashboard.user", "a:b",
            "millrace.dashboard.password", "correct horse"),
        "without a colon");
  }

  @Test
  void saysNoPassword() {
    assertThat(dashboard(Map.of("millrace.dashboard.password", "correct horse")).toString())
        .doesNotContain("horse");
  }

  @Test
  void jobRunrHasDefaultsAndBounds() {
    assertThat(jobRunr(Map.of()))
        .isEqualTo(
            new JobRunrProperties(
                Duration.ofSeconds(5), 50, Duration.ofSeconds(1), Duration.ofSeconds(30)));
    for (Map.Entry<String, String> wrong :
        Map.of(
                "millrace.jobrunr.poll", "4s",
                "millrace.jobrunr.workers", "0",
                "millrace.jobrunr.restart-after", "10ms",
                "millrace.jobrunr.restart-after-at-most", "500ms")
            .entrySet()) {
      assertThatThrownBy(() -> jobRunr(Map.of(wrong.getKey(), wrong.getValue())))
          .hasStackTraceContaining(wrong.getKey());
    }
  }

  private static void assertRefused(Map<String, String> properties, String says) {
    assertThatThrownBy(() -> dashboard(properties)).hasStackTraceContaining(says);
  }

  private static DashboardProperties dashboard(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace.dashboard", Bindable.of(DashboardProperties.class));
  }

  private static JobRunrProperties jobRunr(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace.jobrunr", Bindable.of(JobRunrProperties.class));
  }
}

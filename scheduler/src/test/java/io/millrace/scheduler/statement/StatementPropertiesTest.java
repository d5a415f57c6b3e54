package io.millrace.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StatementPropertiesTest {

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of())).isEqualTo(new StatementProperties("UTC", ""));
    assertThat(bind(Map.of()).path()).isEmpty();
  }

  @Test
  void readsEveryKey() {
    StatementProperties properties =
        bind(
            Map.of(
                "millrace.statement.zone", "Europe/Berlin",
                "millrace.statement.folder", "/var/statements"));

    assertThat(properties.zoneId()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(properties.path()).contains(Path.of("/var/statements"));
  }

  @Test
  void refusesWhatIsNoZone() {
    assertThatThrownBy(() -> bind(Map.of("millrace.statement.zone", "Berlin")))
        .hasStackTraceContaining("millrace.statement.zone is 'Berlin'");
  }

  private static StatementProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace.statement", Bindable.of(StatementProperties.class));
  }
}

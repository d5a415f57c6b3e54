package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.DatabaseAddress;
import io.millrace.standalone.engine.EngineSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EngineOptionsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MILLRACE_BROKER_URI", "amqp://env",
          "MILLRACE_DATABASE_URL", "jdbc:postgresql://env/db",
          "MILLRACE_DATABASE_USER", "env",
          "MILLRACE_DATABASE_PASSWORD", "secret");

  @Test
  void everythingIsEmbeddedByDefault() {
    EngineSettings settings = settings(Map.of());

    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.broker()).isNull();
    assertThat(settings.database()).isNull();
  }

  @Test
  void takesServersFromTheEnvironment() {
    EngineSettings settings = settings(ENVIRONMENT);

    assertThat(settings.broker()).isEqualTo("amqp://env");
    assertThat(settings.database())
        .isEqualTo(new DatabaseAddress("jdbc:postgresql://env/db", "env", "secret"));
  }

  @Test
  void optionsComeFirst() {
    EngineSettings settings =
        settings(
            ENVIRONMENT,
            "--broker",
            "amqp://option",
            "--database",
            "jdbc:postgresql://option/db",
            "--user",
            "me");

    assertThat(settings.broker()).isEqualTo("amqp://option");
    assertThat(settings.database())
        .isEqualTo(new DatabaseAddress("jdbc:postgresql://option/db", "me", "secret"));
  }

  @Test
  void anotherProcessGetsThemByItsEnvironment() {
    assertThat(EngineOptions.environment(settings(ENVIRONMENT))).isEqualTo(ENVIRONMENT);
  }

  private static EngineSettings settings(Map<String, String> environment, String... args) {
    Options options = new Options();
    new CommandLine(options).parseArgs(args);
    return options.engine.settings(
        new DataFolder(Path.of("data")), EngineSettings.Console.OFF, environment);
  }

  @Command
  private static final class Options {
    @Mixin private EngineOptions engine = new EngineOptions();
  }
}

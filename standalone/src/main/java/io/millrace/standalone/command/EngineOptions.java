package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.DatabaseAddress;
import io.millrace.standalone.engine.EngineSettings;
import io.millrace.standalone.engine.EngineSettings.Console;
import io.millrace.standalone.engine.EngineSettings.Doors;
import io.millrace.standalone.failure.CommandFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an engine is to be started. */
public final class EngineOptions {

  static final String BROKER_URI = "MILLRACE_BROKER_URI";
  static final String DATABASE_URL = "MILLRACE_DATABASE_URL";
  static final String DATABASE_USER = "MILLRACE_DATABASE_USER";
  static final String DATABASE_PASSWORD = "MILLRACE_DATABASE_PASSWORD";

  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The port of the API on the loopback address; 8080 by default, 0 for a free one.")
  private int port = 8080;

  @Option(
      names = "--dashboard",
      description = "Have JobRunr's dashboard behind the API; ./millrace dashboard logs in to it.")
  private boolean dashboard;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "A broker instead of the embedded one: amqp://user:password@host:port/vhost."
              + " Or set MILLRACE_BROKER_URI.")
  private @Nullable String broker;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "A database instead of the embedded one: jdbc:postgresql://host:port/name."
              + " Or set MILLRACE_DATABASE_URL, _USER and _PASSWORD.")
  private @Nullable String database;

  @Option(names = "--user", paramLabel = "NAME", description = "The database's user.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      description =
          "The user's password; MILLRACE_DATABASE_PASSWORD keeps it out of process lists.")
  private @Nullable String password;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "A folder of plugins with handlers, beside the lending example.")
  private @Nullable Path plugins;

  /**
   * The settings that these options and the environment make.
   *
   * @throws CommandFailure if they make none
   */
  public EngineSettings settings(
      DataFolder folder, Console console, Map<String, String> environment) {
    if (port < 0 || port > MAX_PORT) {
      throw new CommandFailure("there is no port %d: choose 0 to %d".formatted(port, MAX_PORT));
    }
    return new EngineSettings(
        folder,
        new Doors(port, dashboard),
        brokerUri(broker, environment),
        databaseAddress(environment),
        plugins,
        console);
  }

  /** Whether these options name a database. */
  public boolean usesOtherDatabase() {
    return database != null;
  }

  /** The broker of an option or else of the environment; null if neither names one. */
  static @Nullable String brokerUri(@Nullable String option, Map<String, String> environment) {
    return option != null ? option : filled(environment, BROKER_URI);
  }

  private @Nullable DatabaseAddress databaseAddress(Map<String, String> environment) {
    String url = database != null ? database : filled(environment, DATABASE_URL);
    if (url == null) {
      if (user != null || password != null) {
        throw new CommandFailure("--user and --password belong to --database, which is missing");
      }
      return null;
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new CommandFailure(
          "the database's address is none: write jdbc:postgresql://host:port/name");
    }
    return new DatabaseAddress(
        url,
        user != null ? user : environment.getOrDefault(DATABASE_USER, "millrace"),
        password != null ? password : environment.getOrDefault(DATABASE_PASSWORD, ""));
  }

  /** These settings as the environment of another process: nobody sees passwords there. */
  static Map<String, String> environment(EngineSettings settings) {
    Map<String, String> environment = new HashMap<>();
    if (settings.broker() != null) {
      environment.put(BROKER_URI, settings.broker());
    }
    DatabaseAddress address = settings.database();
    if (address != null) {
      environment.put(DATABASE_URL, address.url());
      environment.put(DATABASE_USER, address.user());
      environment.put(DATABASE_PASSWORD, address.password());
    }
    return environment;
  }

  private static @Nullable String filled(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}

package io.millrace.standalone.engine;

import io.millrace.embedded.EmbeddedBroker;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.standalone.failure.CommandFailure;
import io.millrace.standalone.failure.Reason;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Broker and database of an engine: those of the settings, and embedded ones for the rest. */
final class Servers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EngineSettings settings;
  private final Optional<EmbeddedBroker> ownBroker;
  private final Optional<EmbeddedDatabase> ownDatabase;

  private Servers(
      EngineSettings settings,
      Optional<EmbeddedBroker> ownBroker,
      Optional<EmbeddedDatabase> ownDatabase) {
    this.settings = settings;
    this.ownBroker = ownBroker;
    this.ownDatabase = ownDatabase;
  }

  /**
   * Makes sure that the servers of the settings answer, and starts the others.
   *
   * @throws CommandFailure if one does not answer or start
   */
  static Servers start(EngineSettings settings) {
    if (settings.broker() != null) {
      BrokerCheck.requireBroker(settings.broker());
    }
    if (settings.database() != null) {
      requireDatabase(settings.database());
    }
    CompletableFuture<Optional<EmbeddedBroker>> broker =
        starting(
            "broker-start",
            settings.broker() == null,
            () -> EmbeddedBroker.in(settings.folder().broker()).start());
    CompletableFuture<Optional<EmbeddedDatabase>> database =
        starting(
            "database-start",
            settings.database() == null,
            () -> EmbeddedDatabase.in(settings.folder().database()).start());
    try {
      return new Servers(settings, broker.join(), database.join());
    } catch (CompletionException e) {
      closeIfStarted(broker);
      closeIfStarted(database);
      throw new CommandFailure(Reason.of(e), e);
    }
  }

  private static void requireDatabase(DatabaseAddress address) {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("loginTimeout", Long.toString(PATIENCE.toSeconds()));
    try {
      DriverManager.getConnection(address.url(), properties).close();
    } catch (SQLException e) {
      throw new CommandFailure(
          "no connection to the database at %s: %s Check --database or MILLRACE_DATABASE_URL, _USER and _PASSWORD"
              .formatted(
                  withoutParameters(address.url()), sentence(String.valueOf(e.getMessage()))),
          e);
    }
  }

  String broker() {
    return ownBroker
        .map(broker -> broker.amqpUri().toString())
        .orElseGet(() -> String.valueOf(settings.broker()));
  }

  DatabaseAddress database() {
    EmbeddedDatabase own = ownDatabase.orElse(null);
    if (own != null) {
      return new DatabaseAddress(own.jdbcUrl(), own.user(), own.password());
    }
    if (settings.database() == null) {
      throw new IllegalStateException("there is no database, neither our own nor another");
    }
    return settings.database();
  }

  @Override
  public void close() {
    try {
      ownBroker.ifPresent(EmbeddedBroker::close);
    } finally {
      ownDatabase.ifPresent(EmbeddedDatabase::close);
    }
  }

  private static <T> CompletableFuture<Optional<T>> starting(
      String thread, boolean wanted, Supplier<T> start) {
    return wanted
        ? CompletableFuture.supplyAsync(
            () -> Optional.of(start.get()), task -> Thread.ofPlatform().name(thread).start(task))
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static <T extends AutoCloseable> void closeIfStarted(
      CompletableFuture<Optional<T>> server) {
    try {
      Optional<T> started = server.join();
      if (started.isPresent()) {
        started.get().close();
      }
    } catch (Exception _) {
      // What it failed with is told already.
    }
  }

  /** They may hold a password. */
  private static String withoutParameters(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  private static String sentence(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line : line + ".";
  }
}

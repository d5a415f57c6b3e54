package io.millrace.testing;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.LoopbackPort;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of the test's own, to be killed and stopped at will: on a free port of the
 * loopback address, as durable as a real one. Not thread-safe.
 */
public final class PrivatePostgres implements AutoCloseable {

  private final ServerFolder folder = ServerFolder.create("postgresql");
  private final int port = LoopbackPort.free();
  private final UnaryOperator<EmbeddedDatabase.Builder> settings;
  private EmbeddedDatabase database;

  private PrivatePostgres(UnaryOperator<EmbeddedDatabase.Builder> settings) {
    this.settings = settings;
    try {
      this.database = launch(folder, port, settings);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Starts a new, empty server and returns when it takes connections, after some 2 s. */
  public static PrivatePostgres start() {
    return new PrivatePostgres(UnaryOperator.identity());
  }

  /** One for the shared tests: nothing outlives the build, so nothing waits for the disk. */
  static PrivatePostgres temporary() {
    return new PrivatePostgres(builder -> builder.temporary().setting("max_connections", "400"));
  }

  /** The address of the empty database {@code millrace}. */
  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  public String user() {
    return database.user();
  }

  public String password() {
    return database.password();
  }

  /** Opens a new connection each time. */
  public DataSource dataSource() {
    return dataSource(address());
  }

  DatabaseAddress address() {
    return new DatabaseAddress(jdbcUrl(), user(), password());
  }

  static DataSource dataSource(DatabaseAddress address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address.jdbcUrl());
    source.setUser(address.user());
    source.setPassword(address.password());
    return source;
  }

  /** SIGKILL for all its processes. Nothing happens if it is down. */
  public void kill() {
    database.process().map(ProcessTree::new).ifPresent(ProcessTree::kill);
  }

  /** Starts the server that was killed again, on the same port and data. */
  public void restart() {
    if (database.process().isPresent()) {
      throw new IllegalStateException("PostgreSQL is running: kill() comes first");
    }
    database.close();
    database = launch(folder, port, settings);
  }

  /** SIGSTOP: the server does not answer, and its connections stay open. */
  public void pause() {
    tree().pause();
  }

  /** SIGCONT: ends a pause. */
  public void resume() {
    tree().resume();
  }

  /** Kills the server and removes its data. */
  @Override
  public void close() {
    kill();
    database.close();
    folder.close();
  }

  private ProcessTree tree() {
    return database
        .process()
        .map(ProcessTree::new)
        .orElseThrow(() -> new IllegalStateException("PostgreSQL is not running"));
  }

  private static EmbeddedDatabase launch(
      ServerFolder folder, int port, UnaryOperator<EmbeddedDatabase.Builder> settings) {
    EmbeddedDatabase started =
        settings.apply(EmbeddedDatabase.in(folder.path()).port(port)).start();
    folder.owns(started.process().stream());
    return started;
  }
}

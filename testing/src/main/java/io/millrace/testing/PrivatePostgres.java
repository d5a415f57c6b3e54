package io.millrace.testing;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.LoopbackPort;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of the test's own, to be killed and stopped at will: on a free port of the
 * loopback address, as durable as a real one. Not thread-safe.
 */
public final class PrivatePostgres implements AutoCloseable {

  /** A recovery that began on a full disk may never end (seen with 18.6), another one soon does. */
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(20);

  private final ServerFolder folder = ServerFolder.create("postgresql");
  private final int port = LoopbackPort.free();
  private final @Nullable SmallDisk disk;
  private final UnaryOperator<EmbeddedDatabase.Builder> settings;
  private EmbeddedDatabase database;

  private PrivatePostgres(boolean onSmallDisk, UnaryOperator<EmbeddedDatabase.Builder> settings) {
    this.settings = settings;
    try {
      this.disk = onSmallDisk ? SmallDisk.mount(folder.path()) : null;
      this.database = launch(folder, port, settings);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Whether this process may start one whose disk can be filled up: root on Linux, mostly. */
  public static boolean canHaveSmallDisk() {
    return SmallDisk.isPossible();
  }

  /** Starts a new, empty server and returns when it takes connections, after some 2 s. */
  public static PrivatePostgres start() {
    return new PrivatePostgres(false, UnaryOperator.identity());
  }

  /** Starts one with some of PostgreSQL's settings, by their names in its postgresql.conf. */
  public static PrivatePostgres startWith(Map<String, String> settings) {
    return new PrivatePostgres(
        false,
        builder -> {
          settings.forEach(builder::setting);
          return builder;
        });
  }

  /**
   * Starts one on a disk of its own, for {@link #fillDisk}. It keeps little of its log, so that it
   * soon needs room for more.
   */
  public static PrivatePostgres startOnSmallDisk() {
    return new PrivatePostgres(
        true, builder -> builder.setting("min_wal_size", "32MB").setting("max_wal_size", "64MB"));
  }

  /** One for the shared tests: nothing outlives the build, so nothing waits for the disk. */
  static PrivatePostgres temporary() {
    return new PrivatePostgres(
        false, builder -> builder.temporary().setting("max_connections", "400"));
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

  /** Leaves no room on the disk; what becomes free later is not taken. */
  public void fillDisk() {
    disk().fill();
  }

  /** Gives the room back. */
  public void freeDisk() {
    disk().free();
  }

  /**
   * Returns when the server takes connections after a crash of its own; if it has ended or does not
   * come to that, it is started again.
   *
   * @return whether it was
   */
  public boolean recover() {
    boolean settled = Await.until(() -> database.process().isEmpty() || isUp(), RECOVERY_LIMIT);
    if (settled && database.process().isPresent()) {
      return false;
    }
    kill();
    restart();
    return true;
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
    if (disk != null) {
      disk.close();
    }
    folder.close();
  }

  private boolean isUp() {
    try (Connection connection = dataSource().getConnection()) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  private SmallDisk disk() {
    if (disk == null) {
      throw new IllegalStateException("this PostgreSQL has no disk of its own");
    }
    return disk;
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

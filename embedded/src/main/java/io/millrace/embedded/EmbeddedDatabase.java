package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A PostgreSQL server of our own on the loopback address. Its data stay in their directory from one
 * start to the next, also over a crash of the server, of this process or of the machine.
 *
 * <p>One process at a time has a directory. A server that a killed process left running there is
 * stopped first. Whoever starts a database closes it; nothing else does.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String USER = "millrace";
  private static final String DATABASE = "millrace";
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private static final String EXISTS = "SELECT 1 FROM pg_database WHERE datname = ?";

  private final PostgresControl control;
  private final DirectoryLock lock;
  private final String password;
  private final int port;

  private EmbeddedDatabase(PostgresControl control, DirectoryLock lock, String password, int port) {
    this.control = control;
    this.lock = lock;
    this.password = password;
    this.port = port;
  }

  /** A database whose data are kept in {@code directory}, which is created if it is not there. */
  public static Builder in(Path directory) {
    return new Builder(directory.toAbsolutePath());
  }

  /** The address of the database {@code millrace}, which always exists. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** The address of the database {@code name}. */
  public String jdbcUrl(String name) {
    return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPort.ADDRESS, port, name);
  }

  /** The only user; a superuser. */
  public String user() {
    return USER;
  }

  /** The user's password, random for each directory and kept there. */
  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The server's main process, or nothing if it is not running any more. */
  public Optional<ProcessHandle> process() {
    try {
      return control.server();
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot read PostgreSQL's pid file", e);
    }
  }

  /**
   * Creates the empty database {@code name} if it does not exist.
   *
   * @param name small letters, digits and underscores, at most 63
   */
  public void createDatabase(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(name + " is no name for a database");
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, password)) {
      if (!exists(connection, name)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE \"%s\"".formatted(name));
        }
      }
    } catch (SQLException e) {
      throw new EmbeddedServerException("cannot create the database " + name, e);
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(EXISTS)) {
      query.setString(1, name);
      return query.executeQuery().next();
    }
  }

  /** Ends all connections and stops the server; returns when it is gone. */
  @Override
  public void close() {
    try {
      if (control.server().isPresent()) {
        control.stop();
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot stop PostgreSQL", e);
    } finally {
      lock.close();
    }
  }

  /** How a database is started. */
  public static final class Builder {

    private final Path directory;
    private final Map<String, String> settings = new TreeMap<>();
    private int port;

    private Builder(Path directory) {
      this.directory = directory;
      settings.put("listen_addresses", LoopbackPort.ADDRESS);
      settings.put("unix_socket_directories", "");
      settings.put("max_connections", "200");
      settings.put("shared_buffers", "128MB");
      settings.put("max_wal_size", "2GB");
      settings.put("log_line_prefix", "%m [%p] ");
    }

    /** The port; 0, the default, takes a free one. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /**
     * For data that need not outlive a crash of the machine: several times faster, since nothing
     * waits for the disk.
     */
    public Builder temporary() {
      return setting("fsync", "off")
          .setting("synchronous_commit", "off")
          .setting("full_page_writes", "off");
    }

    /** One of PostgreSQL's settings, as in its postgresql.conf, for this start. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /**
     * Starts the server and returns when it takes connections.
     *
     * @throws EmbeddedServerException if a live process uses the directory, if something listens on
     *     the port, or if the server does not start
     */
    public EmbeddedDatabase start() {
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        EmbeddedDatabase database = start(lock);
        database.createDatabase(DATABASE);
        return database;
      } catch (IOException e) {
        lock.close();
        throw new EmbeddedServerException("cannot start PostgreSQL in " + directory, e);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    private EmbeddedDatabase start(DirectoryLock lock) throws IOException {
      PostgresControl control = new PostgresControl(directory);
      String password = PrivateFile.secret(directory.resolve("password"));
      if (!Files.isDirectory(control.data())) {
        control.initialise(USER, password);
      }
      if (control.server().isPresent()) {
        control.stop();
      }
      int chosen = LoopbackPort.freeOr(port);
      settings.put("port", Integer.toString(chosen));
      Files.writeString(control.data().resolve("millrace.conf"), configuration());
      control.start();
      return new EmbeddedDatabase(control, lock, password, chosen);
    }

    private String configuration() {
      return settings.entrySet().stream()
          .map(
              entry -> "%s = '%s'%n".formatted(entry.getKey(), entry.getValue().replace("'", "''")))
          .collect(Collectors.joining());
    }
  }
}

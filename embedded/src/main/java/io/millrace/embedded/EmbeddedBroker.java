package io.millrace.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message broker of our own inside this JVM, on the loopback address: Apache Qpid Broker-J, which
 * speaks AMQP 0-9-1. Durable queues and their persistent messages stay in their directory from one
 * start to the next. A message is confirmed when it is on the disk: what was confirmed is there
 * again also when the process was killed.
 *
 * <p>Whoever publishes many persistent messages waits for their confirms together, not one by one:
 * all that arrive while the disk is written share the next write.
 *
 * <p>What differs from RabbitMQ: it refuses every queue argument that begins with {@code x-}, and a
 * mandatory message that no queue takes is returned and then nacked, where RabbitMQ acks it. A
 * message that is not mandatory and that no queue takes is acked and forgotten, as there.
 *
 * <p>One process at a time has a directory. Whoever starts a broker closes it.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final String DEFAULT_HOST = "millrace";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final QpidServer server;
  private final DirectoryLock lock;
  private final String user;
  private final String password;

  private EmbeddedBroker(QpidServer server, DirectoryLock lock, String user, String password) {
    this.server = server;
    this.lock = lock;
    this.user = user;
    this.password = password;
  }

  /** A broker whose messages are kept in {@code directory}, which is created if it is not there. */
  public static Builder in(Path directory) {
    return new Builder(directory.toAbsolutePath());
  }

  /** The address of the virtual host {@code millrace}, which always exists. */
  public URI amqpUri() {
    return amqpUri(DEFAULT_HOST);
  }

  /** The address of a virtual host, with user and password in it. */
  public URI amqpUri(String virtualHost) {
    return URI.create(
        "amqp://%s:%s@%s:%d/%s"
            .formatted(user, password, LoopbackPort.ADDRESS, port(), virtualHost));
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  public int port() {
    return server.port();
  }

  /** Creates an empty virtual host; it stays over restarts. Nothing happens if it exists. */
  public void createVirtualHost(String name) {
    server.createVirtualHost(requireName(name));
  }

  /** Closes the connections of a virtual host and deletes it with its queues and messages. */
  public void deleteVirtualHost(String name) {
    server.deleteVirtualHost(name);
  }

  /** Closes all connections of a virtual host, as a broker that goes away would. */
  public void closeConnections(String virtualHost) {
    server.closeConnections(virtualHost);
  }

  /** Closes all connections and stops the broker. */
  @Override
  public void close() {
    try {
      server.close();
    } finally {
      lock.close();
    }
  }

  private static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          name + " is not made of at most 100 letters, digits and the characters . _ -");
    }
    return name;
  }

  /** How a broker is started. */
  public static final class Builder {

    private final Path directory;
    private final Set<String> virtualHosts = new LinkedHashSet<>(List.of(DEFAULT_HOST));
    private String user = "millrace";
    private String password = "";
    private int port;

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** The port; 0, the default, takes a free one. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** Without this: the user {@code millrace} with a random password that the directory keeps. */
    public Builder user(String name, String secret) {
      this.user = requireName(name);
      this.password = requireName(secret);
      return this;
    }

    /** One more virtual host beside {@code millrace} and those of earlier starts. */
    public Builder virtualHost(String name) {
      virtualHosts.add(requireName(name));
      return this;
    }

    /**
     * Starts the broker and returns when it takes connections.
     *
     * @throws EmbeddedServerException if a live process uses the directory, if something listens on
     *     the port, or if the broker does not start
     */
    public EmbeddedBroker start() {
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        String secret =
            password.isEmpty() ? PrivateFile.secret(directory.resolve("password")) : password;
        QpidServer server = QpidServer.start(directory, LoopbackPort.freeOr(port), user, secret);
        allVirtualHosts().forEach(server::createVirtualHost);
        return new EmbeddedBroker(server, lock, user, secret);
      } catch (IOException e) {
        lock.close();
        throw new EmbeddedServerException("cannot start the broker in " + directory, e);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    private Set<String> allVirtualHosts() throws IOException {
      Set<String> all = new LinkedHashSet<>(virtualHosts);
      Path kept = QpidServer.virtualHosts(directory);
      if (Files.isDirectory(kept)) {
        try (Stream<Path> folders = Files.list(kept)) {
          folders.map(folder -> folder.getFileName().toString()).sorted().forEach(all::add);
        }
      }
      return all;
    }
  }
}

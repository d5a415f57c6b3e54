package io.millrace.testing;

import io.millrace.embedded.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ node of the test's own, to be killed and stopped at will: on free ports of the
 * loopback address, with its own data, cookie and port mapper, so that it never meets another node
 * of the machine. Not thread-safe.
 *
 * <p>It needs a {@code rabbitmq-server} on the machine: mark the test with {@code
 * RequiresRabbitMq(killable = true)}.
 */
public final class PrivateRabbit implements AutoCloseable {

  private static final String USER = "millrace";
  private static final String PASSWORD = "millrace";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int LOG_LINES = 20;

  /** Statistics and queue lengths twice a second instead of every 5 s. */
  private static final String ADVANCED = "[{rabbit, [{quorum_tick_interval, 500}]}].\n";

  private static final String CONFIGURATION =
      """
      listeners.tcp.1 = 127.0.0.1:%d
      management.tcp.ip = 127.0.0.1
      management.tcp.port = %d
      default_vhost = millrace
      default_user = %s
      default_pass = %s
      collect_statistics_interval = 500
      disk_free_limit.absolute = 50MB
      log.console = true
      log.console.level = warning
      log.file = false
      """;

  private final ServerFolder folder = ServerFolder.create("rabbitmq");
  private final int port = LoopbackPort.free();
  private final int managementPort = LoopbackPort.free();
  private final int distributionPort = LoopbackPort.free();
  private final int mapperPort = LoopbackPort.free();
  private final Path program;
  private @Nullable Process mapper;
  private @Nullable Process node;

  private PrivateRabbit(Path program) {
    this.program = program;
  }

  /** Whether the machine has a {@code rabbitmq-server}. */
  public static boolean isAvailable() {
    return RabbitPrograms.server().isPresent();
  }

  /** Starts a new, empty node and returns when it takes connections, after some 8 s. */
  public static PrivateRabbit start() {
    Path program =
        RabbitPrograms.server()
            .orElseThrow(
                () ->
                    new TestServerException(
                        "there is no rabbitmq-server on this machine: ./millrace test installs it"));
    PrivateRabbit rabbit = new PrivateRabbit(program);
    try {
      rabbit.configure();
      rabbit.restart();
      return rabbit;
    } catch (IOException e) {
      rabbit.close();
      throw new TestServerException("cannot start RabbitMQ", e);
    } catch (RuntimeException e) {
      rabbit.close();
      throw e;
    }
  }

  /** The address of the virtual host {@code millrace}. */
  public URI amqpUri() {
    return address().virtualHost("millrace");
  }

  /** The management plugin's address, with user and password. */
  public URI managementUri() {
    return URI.create(
        "http://%s:%s@%s:%d".formatted(USER, PASSWORD, LoopbackPort.ADDRESS, managementPort));
  }

  BrokerAddress address() {
    URI amqp =
        URI.create("amqp://%s:%s@%s:%d".formatted(USER, PASSWORD, LoopbackPort.ADDRESS, port));
    return new BrokerAddress(amqp, managementUri());
  }

  /**
   * SIGKILL: the node is gone at once, as in a power cut. Nothing happens if it is down.
   *
   * <p>RabbitMQ saves its list of quorum queues every half second: one that was declared just
   * before does not answer after the restart (seen with 3.10.8). Its messages are another matter;
   * what was confirmed is kept.
   */
  public void kill() {
    if (node != null) {
      new ProcessTree(node.toHandle()).kill();
      node.onExit().join();
    }
  }

  /** Starts the node that was killed again, on the same ports and data. */
  public void restart() {
    if (node != null && node.isAlive()) {
      throw new IllegalStateException("RabbitMQ is running: kill() comes first");
    }
    try {
      Process mapping = startMapper();
      Process starting = startNode();
      this.mapper = mapping;
      this.node = starting;
      ManagementApi api = new ManagementApi(managementUri());
      if (!Await.until(() -> owned() && api.isUp(), starting, START_LIMIT)) {
        throw new TestServerException("RabbitMQ did not start:\n" + endOfLog());
      }
    } catch (IOException e) {
      throw new TestServerException("cannot start RabbitMQ", e);
    }
  }

  /** SIGSTOP: the node does not answer, and its connections stay open. */
  public void pause() {
    tree().pause();
  }

  /** SIGCONT: ends a pause. */
  public void resume() {
    tree().resume();
  }

  /** Closes all connections that the node has in its list, which is those it let in a while ago. */
  public void cutConnections() {
    new ManagementApi(managementUri()).closeConnections(USER);
  }

  /** Kills the node and removes its data. */
  @Override
  public void close() {
    processes().forEach(process -> new ProcessTree(process).kill());
    folder.close();
  }

  /** Its start script brings forth one process after the other, and none may be left behind. */
  private boolean owned() {
    folder.owns(processes());
    return true;
  }

  private ProcessTree tree() {
    if (node == null || !node.isAlive()) {
      throw new IllegalStateException("RabbitMQ is not running");
    }
    return new ProcessTree(node.toHandle());
  }

  private Stream<ProcessHandle> processes() {
    return Stream.of(Optional.ofNullable(node), Optional.ofNullable(mapper))
        .flatMap(Optional::stream)
        .flatMap(process -> new ProcessTree(process.toHandle()).all().stream());
  }

  private void configure() throws IOException {
    Path home = folder.path();
    Files.createDirectories(home.resolve("log"));
    Files.writeString(
        home.resolve("rabbitmq.conf"),
        CONFIGURATION.formatted(port, managementPort, USER, PASSWORD));
    Files.writeString(home.resolve("advanced.config"), ADVANCED);
    Files.writeString(home.resolve("enabled_plugins"), "[rabbitmq_management].\n");
  }

  /** Erlang's port mapper, in the foreground, so that its end is ours to decide. */
  private Process startMapper() throws IOException {
    if (mapper != null && mapper.isAlive()) {
      return mapper;
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            RabbitPrograms.portMapper().toString(),
            "-port",
            Integer.toString(mapperPort),
            "-address",
            LoopbackPort.ADDRESS);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.path().resolve("epmd.log").toFile())
        .start();
  }

  private Process startNode() throws IOException {
    Path home = folder.path();
    ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    environment.put("HOME", home.toString());
    environment.put("ERL_EPMD_PORT", Integer.toString(mapperPort));
    environment.put("ERL_EPMD_ADDRESS", LoopbackPort.ADDRESS);
    environment.put("RABBITMQ_NODENAME", "millrace" + port + "@localhost");
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(distributionPort));
    environment.put("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString());
    environment.put("RABBITMQ_ADVANCED_CONFIG_FILE", home.resolve("advanced.config").toString());
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("enabled_plugins").toString());
    environment.put("RABBITMQ_MNESIA_BASE", home.resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", home.resolve("log").toString());
    environment.put("RABBITMQ_PID_FILE", home.resolve("node.pid").toString());
    environment.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
        // idle schedulers sleep instead of spinning: the tests need the processors
        "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.path().resolve("node.log");
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}

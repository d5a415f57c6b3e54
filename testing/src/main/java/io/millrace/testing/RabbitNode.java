package io.millrace.testing;

import io.millrace.embedded.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node of RabbitMQ: on free ports of the loopback address, with its own data, alone or in a
 * cluster. Not thread-safe.
 */
final class RabbitNode implements AutoCloseable {

  static final String USER = "millrace";
  static final String PASSWORD = "millrace";
  static final String VIRTUAL_HOST = "millrace";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int LOG_LINES = 20;

  /** Statistics and queue lengths twice a second instead of every 5 s. */
  private static final String ADVANCED = "[{rabbit, [{quorum_tick_interval, 500}]}].\n";

  private static final String CONFIGURATION =
      """
      listeners.tcp.1 = 127.0.0.1:%d
      management.tcp.ip = 127.0.0.1
      management.tcp.port = %d
      default_vhost = %s
      default_user = %s
      default_pass = %s
      collect_statistics_interval = 500
      disk_free_limit.absolute = 50MB
      log.console = true
      log.console.level = warning
      log.file = false
      """;

  /** Lets an empty node join another as it starts. */
  private static final String MEMBER =
      """
      cluster_formation.peer_discovery_backend = classic_config
      cluster_formation.classic_config.nodes.1 = %s
      cluster_formation.classic_config.nodes.2 = %s
      """;

  private final ServerFolder folder = ServerFolder.create("rabbitmq");
  private final int port = LoopbackPort.free();
  private final int managementPort = LoopbackPort.free();
  private final int distributionPort = LoopbackPort.free();
  private final ErlangNetwork network;
  private final Path program;
  private @Nullable Process node;

  private RabbitNode(ErlangNetwork network, Path program) {
    this.network = network;
    this.program = program;
  }

  /** Starts a new, empty node and returns when it takes connections, after some 8 s. */
  static RabbitNode start(ErlangNetwork network) {
    return start(network, node -> "");
  }

  /** The same, in one cluster with {@code peer}, which is running. */
  static RabbitNode join(RabbitNode peer) {
    return start(peer.network, node -> MEMBER.formatted(peer.name(), node.name()));
  }

  private static RabbitNode start(ErlangNetwork network, Function<RabbitNode, String> more) {
    Path program =
        RabbitPrograms.server()
            .orElseThrow(
                () ->
                    new TestServerException(
                        "there is no rabbitmq-server on this machine: ./millrace test installs it"));
    RabbitNode rabbit = new RabbitNode(network, program);
    try {
      rabbit.configure(more.apply(rabbit));
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

  /** What RabbitMQ calls it. */
  String name() {
    return "millrace" + port + "@localhost";
  }

  /** Host and port for AMQP. */
  String amqpNode() {
    return LoopbackPort.ADDRESS + ":" + port;
  }

  boolean isRunning() {
    return node != null && node.isAlive();
  }

  /** The management plugin's address, with user and password. */
  URI managementUri() {
    return URI.create(
        "http://%s:%s@%s:%d".formatted(USER, PASSWORD, LoopbackPort.ADDRESS, managementPort));
  }

  BrokerAddress address() {
    URI amqp = URI.create("amqp://%s:%s@%s".formatted(USER, PASSWORD, amqpNode()));
    return new BrokerAddress(amqp, managementUri());
  }

  /** SIGKILL: the node is gone at once. Nothing happens if it is down. */
  void kill() {
    if (node != null) {
      new ProcessTree(node.toHandle()).kill();
      node.onExit().join();
    }
  }

  /** Starts the node that was killed again, on the same ports and data. */
  void restart() {
    if (isRunning()) {
      throw new IllegalStateException("RabbitMQ is running: kill() comes first");
    }
    try {
      network.start();
      Process starting = startNode();
      this.node = starting;
      ManagementApi api = new ManagementApi(managementUri());
      if (!Await.until(() -> owned() && api.isUp(), starting, START_LIMIT)) {
        throw new TestServerException("RabbitMQ did not start:\n" + endOfLog());
      }
    } catch (IOException e) {
      throw new TestServerException("cannot start RabbitMQ", e);
    }
  }

  /**
   * Returns when the node knows {@code size} nodes that run, itself among them.
   *
   * @throws TestServerException if it does not come to that within {@code limit}
   */
  void awaitCluster(int size, Duration limit) {
    ManagementApi api = new ManagementApi(managementUri());
    if (!Await.until(() -> api.runningNodes() == size, present(), limit)) {
      throw new TestServerException("%s did not find its cluster".formatted(name()));
    }
  }

  /** SIGSTOP: the node does not answer, and its connections stay open. */
  void pause() {
    tree().pause();
  }

  /** SIGCONT: ends a pause. */
  void resume() {
    tree().resume();
  }

  /** Closes all connections that the node has in its list, which is those it let in a while ago. */
  void cutConnections() {
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
    return new ProcessTree(present().toHandle());
  }

  private Process present() {
    if (node == null || !node.isAlive()) {
      throw new IllegalStateException("RabbitMQ is not running");
    }
    return node;
  }

  private Stream<ProcessHandle> processes() {
    return node == null ? Stream.empty() : new ProcessTree(node.toHandle()).all().stream();
  }

  private void configure(String more) throws IOException {
    Path home = folder.path();
    Files.createDirectories(home.resolve("log"));
    Files.writeString(
        home.resolve("rabbitmq.conf"),
        CONFIGURATION.formatted(port, managementPort, VIRTUAL_HOST, USER, PASSWORD) + more);
    network.admit(home);
    Files.writeString(home.resolve("advanced.config"), ADVANCED);
    Files.writeString(home.resolve("enabled_plugins"), "[rabbitmq_management].\n");
  }

  private Process startNode() throws IOException {
    Path home = folder.path();
    ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    environment.put("HOME", home.toString());
    network.enter(environment);
    environment.put("RABBITMQ_NODENAME", name());
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

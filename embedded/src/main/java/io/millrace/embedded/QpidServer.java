package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.security.auth.Subject;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHostNode;
import org.apache.qpid.server.security.SubjectExecutionContext;
import org.jspecify.annotations.Nullable;

/** The one class that knows Qpid's way of being configured and asked. */
final class QpidServer implements AutoCloseable {

  /**
   * The store keeps a virtual host's queues and its messages in one log, Berkeley DB Java Edition.
   * It flushes the log to the disk once for all messages that wait, and then confirms them; the
   * stores on JDBC commit each message by itself.
   */
  private static final String STORE = "BDB";

  /**
   * The bytes of the disk below which the store takes no more messages; its own default is 5 GB.
   */
  private static final String FREE_DISK_KEY = "je.freeDisk";

  private static final String FREE_DISK = "100000000";

  private static final String CONFIGURATION =
      """
      {
        "name": "millrace",
        "modelVersion": "9.1",
        "authenticationproviders": [{
          "name": "users", "type": "Plain",
          "secureOnlyMechanisms": [],
          "users": [{"name": "%s", "type": "managed", "password": "%s"}]
        }],
        "ports": [{
          "name": "amqp", "type": "AMQP", "port": %d, "bindingAddress": "%s",
          "protocols": ["AMQP_0_9_1"], "authenticationProvider": "users",
          "virtualhostaliases": [{"name": "name", "type": "nameAlias"}]
        }]
      }
      """;

  private final SystemLauncher launcher;
  private final Broker<?> broker;
  private final Path directory;
  private final int port;

  private QpidServer(SystemLauncher launcher, Broker<?> broker, Path directory, int port) {
    this.launcher = launcher;
    this.broker = broker;
    this.directory = directory;
    this.port = port;
  }

  static QpidServer start(Path directory, int port, String user, String password)
      throws IOException {
    // No operational log line for every connection and queue.
    System.setProperty(SystemConfig.PROPERTY_STATUS_UPDATES, "false");
    Path configuration =
        PrivateFile.write(
            directory.resolve("broker.json"),
            CONFIGURATION.formatted(user, password, port, LoopbackPort.ADDRESS));
    Path effective = directory.resolve("broker-effective.json");
    // Without one it looks for a URL of its own protocol, which an executable jar cannot resolve.
    Path properties = PrivateFile.write(directory.resolve("system.properties"), "");
    Files.deleteIfExists(effective); // each start is configured anew; virtual hosts are found again
    Startup startup = new Startup();
    SystemLauncher launcher = new SystemLauncher(startup);
    try {
      launcher.startup(
          Map.of(
              SystemConfig.TYPE,
              "JSON",
              "storePath",
              effective.toString(),
              SystemConfig.INITIAL_CONFIGURATION_LOCATION,
              configuration.toUri().toString(),
              SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION,
              properties.toUri().toString(),
              SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
              false,
              SystemConfig.CONTEXT,
              // The broker vouches for the user id of a message, as RabbitMQ does.
              Map.of(
                  SystemConfig.QPID_WORK_DIR,
                  directory.toString(),
                  FREE_DISK_KEY,
                  FREE_DISK,
                  Broker.BROKER_MSG_AUTH,
                  "true")));
    } catch (Exception e) {
      throw new EmbeddedServerException("the broker did not start in " + directory, e);
    }
    return new QpidServer(launcher, startup.broker(directory), directory, port);
  }

  /** The folder with one folder for each virtual host. */
  static Path virtualHosts(Path directory) {
    return directory.resolve("hosts");
  }

  int port() {
    return port;
  }

  void createVirtualHost(String name) {
    if (find(name) != null) {
      return;
    }
    asSystem(
        () ->
            broker.createChild(
                VirtualHostNode.class,
                Map.of(
                    VirtualHostNode.NAME,
                    name,
                    VirtualHostNode.TYPE,
                    STORE,
                    "storePath",
                    virtualHosts(directory).resolve(name).toString(),
                    VirtualHostNode.VIRTUALHOST_INITIAL_CONFIGURATION,
                    "{\"type\": \"ProvidedStore\"}")));
    VirtualHostNode<?> node = find(name);
    if (node == null || node.getState() != State.ACTIVE) {
      throw new EmbeddedServerException(
          "the virtual host %s did not start from %s".formatted(name, virtualHosts(directory)));
    }
  }

  void deleteVirtualHost(String name) {
    withNode(name, VirtualHostNode::delete);
    try {
      PostgresBinaries.delete(virtualHosts(directory).resolve(name));
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot delete the virtual host " + name, e);
    }
  }

  void closeConnections(String name) {
    withNode(
        name,
        node ->
            List.copyOf(node.getVirtualHost().getConnections())
                .forEach(connection -> connection.closeAsync().join()));
  }

  private void withNode(String name, Consumer<VirtualHostNode<?>> action) {
    VirtualHostNode<?> node = find(name);
    if (node == null) {
      throw new EmbeddedServerException("there is no virtual host " + name);
    }
    asSystem(
        () -> {
          action.accept(node);
          return name;
        });
  }

  private @Nullable VirtualHostNode<?> find(String name) {
    return broker.getVirtualHostNodes().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private <T> T asSystem(Callable<T> action) {
    Principal system = launcher.getSystemPrincipal();
    try {
      return SubjectExecutionContext.withSubject(
          new Subject(true, Set.of(system), Set.of(), Set.of()), action);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new EmbeddedServerException("the broker refused", e);
    }
  }

  @Override
  public void close() {
    launcher.shutdown();
  }

  /** Catches the broker when it is there, or the reason why it is not. */
  private static final class Startup extends SystemLauncherListener.DefaultSystemLauncherListener {

    private final AtomicReference<@Nullable SystemConfig<?>> system = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    @Override
    public void onContainerResolve(SystemConfig<?> resolved) {
      system.set(resolved);
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure.set(e);
    }

    Broker<?> broker(Path directory) {
      SystemConfig<?> resolved = system.get();
      if (resolved != null
          && failure.get() == null
          && resolved.getContainer() instanceof Broker<?> broker) {
        return broker;
      }
      throw new EmbeddedServerException("the broker did not start in " + directory, failure.get());
    }
  }
}

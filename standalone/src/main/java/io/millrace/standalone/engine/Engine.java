package io.millrace.standalone.engine;

import io.millrace.embedded.LoopbackPort;
import io.millrace.standalone.failure.CommandFailure;
import io.millrace.standalone.failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The engine: worker, scheduler and API in this JVM, on their servers. Whoever starts it closes it;
 * it also closes, in order, when the JVM is told to end.
 */
public final class Engine implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LOOPBACK = "127.0.0.1";

  /** What has been started, the last one first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final EngineSettings settings;

  private Engine(EngineSettings settings) {
    this.settings = settings;
  }

  /** A running engine, and where it is. */
  public record Running(
      Engine engine, EngineAddress address, ConfigurableApplicationContext context) {}

  /**
   * Starts an engine and returns when it takes messages.
   *
   * @param fresh whether to delete the data of the embedded servers before
   * @throws CommandFailure if it does not start; the log says more
   */
  public static Running start(EngineSettings settings, boolean fresh) {
    Engine engine = new Engine(settings);
    try {
      return engine.start(fresh);
    } catch (RuntimeException e) {
      engine.close();
      throw engine.explained(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      engine.close();
      throw new CommandFailure("interrupted while the engine was starting", e);
    }
  }

  /**
   * Waits for the engine to be closed, by anybody.
   *
   * @return whether it is, after at most {@code patience}
   */
  public boolean awaitClosing(Duration patience) throws InterruptedException {
    return closing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for the engine to be closed, by anybody. */
  public void awaitClosing() throws InterruptedException {
    closing.await();
  }

  /** Whether the engine is closed, or is about to be. */
  public boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Lets what runs finish, then stops everything, the embedded servers at the end. */
  @Override
  public void close() {
    closing.countDown();
    synchronized (started) {
      while (!started.isEmpty()) {
        AutoCloseable next = started.pop();
        try {
          next.close();
        } catch (Exception e) {
          LoggerFactory.getLogger(Engine.class)
              .atWarn()
              .setCause(e)
              .log("not everything stopped as it should");
        }
      }
    }
  }

  private Running start(boolean fresh) throws InterruptedException {
    // Until Spring Boot has set up the log, the embedded servers would print all they do.
    LoggingSystem.get(Engine.class.getClassLoader()).beforeInitialize();
    Servers servers;
    ConfigurableApplicationContext context;
    synchronized (started) { // whoever closes the engine waits until it can be closed
      opened(settings.folder().take());
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "engine-stop"));
      requireFree(settings.port());
      if (fresh) {
        settings.folder().deleteData();
      }
      servers = opened(Servers.start(settings));
      context =
          opened(
              new SpringApplicationBuilder(StandaloneApplication.class)
                  .registerShutdownHook(false)
                  .run(properties(servers)));
    }
    // HikariCP sets this for the whole JVM, and with it the embedded broker's store starts a thread
    // for each message that it keeps: 200 messages a second instead of thousands.
    DriverManager.setLoginTimeout(0);
    ConsumingSignal signal = context.getBean(ConsumingSignal.class);
    if (!signal.await(PATIENCE)) {
      throw new CommandFailure(
          "the worker takes no messages after %d s: %s"
              .formatted(PATIENCE.toSeconds(), signal.obstacle()));
    }
    return new Running(this, published(context, servers), context);
  }

  private EngineAddress published(ConfigurableApplicationContext context, Servers servers) {
    synchronized (started) {
      EngineAddress address =
          new EngineAddress(
              ProcessHandle.current().pid(), api(context), servers.broker(), servers.database());
      settings.folder().publish(address);
      opened(settings.folder()::unpublish);
      return address;
    }
  }

  /** To be called while holding {@code started}. */
  private <T extends AutoCloseable> T opened(T resource) {
    started.push(resource);
    if (isClosing()) {
      throw new CommandFailure("stopped while the engine was starting");
    }
    return resource;
  }

  /** As command-line arguments they come before everything else, the environment included. */
  private String[] properties(Servers servers) {
    List<String> properties = new ArrayList<>();
    properties.add("--server.port=" + settings.port());
    properties.add("--millrace.broker.uri=" + servers.broker());
    properties.add("--millrace.database.url=" + servers.database().url());
    properties.add("--millrace.database.user=" + servers.database().user());
    properties.add("--millrace.database.password=" + servers.database().password());
    properties.add("--millrace.security.local-issuer=" + settings.folder().issuerKey());
    properties.add("--logging.file.name=" + settings.folder().log());
    properties.add("--logging.threshold.console=" + settings.console());
    if (settings.doors().dashboard()) {
      properties.addAll(dashboard());
    }
    if (settings.plugins() != null) {
      properties.add("--millrace.plugins=" + settings.plugins());
    }
    return properties.toArray(String[]::new);
  }

  /** On a port and with a password that only the two halves of this process know. */
  private static List<String> dashboard() {
    int port = LoopbackPort.free();
    String password = UUID.randomUUID().toString();
    return List.of(
        "--millrace.dashboard.enabled=true",
        "--millrace.dashboard.address=" + LOOPBACK,
        "--millrace.dashboard.port=" + port,
        "--millrace.dashboard.user=millrace",
        "--millrace.dashboard.password=" + password,
        "--millrace.api.dashboard.url=http://%s:%d".formatted(LOOPBACK, port),
        "--millrace.api.dashboard.user=millrace",
        "--millrace.api.dashboard.password=" + password);
  }

  private static URI api(ConfigurableApplicationContext context) {
    return URI.create(
        "http://%s:%s"
            .formatted(
                LOOPBACK, context.getEnvironment().getRequiredProperty("local.server.port")));
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
    } catch (IOException e) {
      throw portTaken(port, e);
    }
  }

  private static CommandFailure portTaken(int port, Throwable cause) {
    return new CommandFailure(
        "port %d is taken: choose another with --port, or --port 0 for a free one".formatted(port),
        cause);
  }

  private CommandFailure explained(RuntimeException failure) {
    if (failure instanceof CommandFailure told && !(told.getCause() instanceof RuntimeException)) {
      return told;
    }
    PortInUseException taken = Reason.find(failure, PortInUseException.class).orElse(null);
    if (taken != null) {
      return portTaken(taken.getPort(), failure);
    }
    settings.folder().record(failure);
    return new CommandFailure(
        "the engine did not start: %s (%s says more)"
            .formatted(Reason.of(failure), settings.folder().log()),
        failure);
  }
}

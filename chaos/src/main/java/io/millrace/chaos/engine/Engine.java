package io.millrace.chaos.engine;

import io.millrace.chaos.work.RunLog;
import io.millrace.scheduler.SchedulerApplication;
import io.millrace.testing.PrivateProcess;
import io.millrace.worker.WorkerApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The whole engine on servers of its own: RabbitMQ, PostgreSQL, two workers and two schedulers. A
 * process that ends by itself is replaced, as whoever runs an engine would do it. Thread-safe.
 */
public final class Engine implements AutoCloseable {

  /** After how long of silence a worker counts as dead. */
  public static final Duration LEASE = Duration.ofSeconds(2);

  private static final int WORKERS = 2;
  private static final int SCHEDULERS = 2;
  private static final long LOOK_MILLIS = 300;

  private final Servers servers;
  private final List<Place> workers = new ArrayList<>();
  private final List<Place> schedulers = new ArrayList<>();
  private final List<Place.SelfEnded> selfEnded = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread supervisor =
      Thread.ofPlatform().daemon().name("supervisor").unstarted(this::supervise);
  private final Path folder;

  private Engine(Servers servers, Path folder) throws IOException {
    this.servers = servers;
    this.folder = folder;
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.createDirectories(runs());
    for (int number = 1; number <= WORKERS; number++) {
      workers.add(place("worker " + number, WorkerApplication.class, logs));
    }
    for (int number = 1; number <= SCHEDULERS; number++) {
      schedulers.add(place("scheduler " + number, SchedulerApplication.class, logs));
    }
  }

  /**
   * Starts the servers. The processes follow with {@link #startProcesses}.
   *
   * @param folder where logs, and what ran, are kept
   */
  public static Engine onServers(ServerSettings settings, Path folder) throws IOException {
    Servers servers = Servers.start(settings);
    try {
      return new Engine(servers, folder);
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** Returns when both workers consume and both schedulers dispatch. */
  public void startProcesses() {
    // One migrates the schema; the others find it done, and need not be patient.
    workers.getFirst().fill();
    workers.getFirst().awaitLine("consuming");
    places().forEach(Place::fill);
    workers.forEach(worker -> worker.awaitLine("consuming"));
    schedulers.forEach(scheduler -> scheduler.awaitLine(started(SchedulerApplication.class)));
    supervisor.start();
  }

  public Servers servers() {
    return servers;
  }

  /** The folder of what ran. */
  public Path runs() {
    return folder.resolve("runs");
  }

  public List<Place> workers() {
    return List.copyOf(workers);
  }

  public List<Place> schedulers() {
    return List.copyOf(schedulers);
  }

  /** Processes that were at work and ended without being asked: their logs. */
  public List<String> endedAtWork() {
    return selfEnded.stream()
        .filter(Place.SelfEnded::hadStarted)
        .map(Place.SelfEnded::log)
        .toList();
  }

  /** How many processes ended while they started, because a server was away. */
  public long endedWhileStarting() {
    return selfEnded.stream().filter(ended -> !ended.hadStarted()).count();
  }

  /** Asks all processes to stop, and returns when they have. The servers stay. */
  public void stopProcesses() throws InterruptedException {
    closed.countDown();
    supervisor.join();
    places().forEach(Place::stop);
  }

  /** Kills everything and removes the servers' data. */
  @Override
  public void close() {
    closed.countDown();
    try (servers) {
      places().forEach(Place::clear);
    }
  }

  private Stream<Place> places() {
    return Stream.concat(workers.stream(), schedulers.stream());
  }

  private void supervise() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        for (Place place : places().toList()) {
          Place.SelfEnded ended = place.reviveIfEnded();
          if (ended != null) {
            selfEnded.add(ended);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Place place(String name, Class<?> program, Path logs) {
    return new Place(name, started(program), () -> start(program), logs);
  }

  private static String started(Class<?> program) {
    return "Started " + program.getSimpleName();
  }

  /** The program's own {@code application.yml}: worker and scheduler are on one class path here. */
  private static String settings(Class<?> program) {
    String code =
        Objects.requireNonNull(program.getProtectionDomain().getCodeSource())
            .getLocation()
            .toString();
    return (code.endsWith(".jar") ? "jar:" + code + "!/" : code) + "application.yml";
  }

  /** Short leases, and little of everything: seven processes share a small machine. */
  private PrivateProcess start(Class<?> program) {
    PrivateProcess.Builder process = PrivateProcess.running(program);
    servers.environment().forEach(process::environment);
    return process
        .options(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-D%s=%s".formatted(RunLog.FOLDER, runs().toAbsolutePath()))
        .environment("SPRING_CONFIG_LOCATION", settings(program))
        .environment("SERVER_PORT", "0")
        .environment("MILLRACE_LEASE_HEARTBEAT", "200ms")
        .environment("MILLRACE_LEASE_DEADAFTER", LEASE.toMillis() + "ms")
        .environment("MILLRACE_WORKER_THREADS", "8")
        .environment("MILLRACE_WORKER_GRACE", "10s")
        .environment("MILLRACE_SETTLEMENT_ACKNOWLEDGEAFTER", "1500ms")
        .environment("MILLRACE_RETRY_FIRSTDELAY", "200ms")
        .environment("MILLRACE_RETRY_FACTOR", "1.5")
        .environment("MILLRACE_RETRY_ATTEMPTS", "30")
        .environment("MILLRACE_DISPATCHER_ORPHANAFTER", "1s")
        .environment("MILLRACE_DISPATCHER_LOSTAFTER", "5s")
        .start();
  }
}

package io.millrace.chaos.fault;

import io.millrace.chaos.engine.Engine;
import io.millrace.chaos.engine.Place;
import io.millrace.chaos.engine.Servers;
import io.millrace.chaos.work.JobKind;
import io.millrace.core.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does the faults of a plan at their time, each on a thread of its own, so that one begins while
 * another is not over; two that hit the same process or server take turns.
 */
public final class FaultInjector {

  private static final int MOST_DOWN_MILLIS = 3_000;
  private static final int MOST_OVER_LEASE_MILLIS = 4_000;
  private static final Duration LEAST_FULL = Duration.ofSeconds(3);

  /** Whose queues may lose their leader. */
  private static final List<JobKind> QUEUES = List.of(JobKind.values());

  private final Engine engine;
  private final FaultPlan plan;
  private final Consumer<String> log;
  private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);

  /**
   * @param log takes a line for each fault, from several threads
   */
  public FaultInjector(Engine engine, FaultPlan plan, Consumer<String> log) {
    this.engine = engine;
    this.plan = plan;
    this.log = log;
  }

  /**
   * Returns when all faults are over and undone.
   *
   * @throws IllegalStateException if a server or process did not come back
   */
  public void run() throws InterruptedException {
    long began = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (FaultPlan.Planned fault : plan.faults()) {
        Pause.THREAD.rest(fault.at().minusNanos(System.nanoTime() - began));
        running.add(threads.submit(() -> inject(fault)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fault could not be undone: " + e.getCause(), e);
    }
  }

  /** How many of each kind were done. */
  public Map<FaultKind, Integer> injected() {
    synchronized (injected) {
      return Map.copyOf(injected);
    }
  }

  private Void inject(FaultPlan.Planned fault) throws IOException, InterruptedException {
    Random random = new Random(fault.seed());
    String what = fault.kind().words();
    long began = System.nanoTime();
    int number;
    synchronized (injected) {
      injected.merge(fault.kind(), 1, Integer::sum);
      number = injected.values().stream().mapToInt(Integer::intValue).sum();
    }
    log.accept("fault %d/%d: %s".formatted(number, plan.faults().size(), what));
    String victim = inject(fault.kind(), random);
    log.accept(
        "fault %d over after %.1f s: %s%s"
            .formatted(
                number,
                (System.nanoTime() - began) / 1e9,
                what,
                victim.isEmpty() ? "" : " (%s)".formatted(victim)));
    return null;
  }

  /** Does and undoes it, and answers whom it hit, if that was left to chance. */
  private String inject(FaultKind kind, Random random) throws IOException, InterruptedException {
    Place worker = oneOf(engine.workers(), random);
    Place scheduler = oneOf(engine.schedulers(), random);
    Duration down = Duration.ofMillis(random.nextInt(MOST_DOWN_MILLIS));
    Servers servers = engine.servers();
    switch (kind) {
      case KILL_WORKER -> worker.killAndReplace();
      case STOP_WORKER -> worker.stopAndReplace();
      case FREEZE_WORKER ->
          worker.freeze(
              Engine.LEASE.plusMillis(
                  random.nextInt(MOST_OVER_LEASE_MILLIS / 4, MOST_OVER_LEASE_MILLIS)));
      case KILL_SCHEDULER -> scheduler.killAndReplace();
      case KILL_BROKER -> servers.killBroker(down);
      case KILL_LEADER -> {
        return servers.killLeader(oneOf(QUEUES, random), down);
      }
      case CUT_CONNECTIONS -> servers.cutConnections();
      case KILL_DATABASE -> servers.killDatabase(down);
      case TERMINATE_SESSIONS -> servers.terminateSessions();
      case FILL_DISK -> {
        return servers.fillDisk(down.plus(LEAST_FULL), random.nextBoolean());
      }
    }
    return switch (kind) {
      case KILL_WORKER, STOP_WORKER, FREEZE_WORKER -> worker.name();
      case KILL_SCHEDULER -> scheduler.name();
      default -> "";
    };
  }

  private static <T> T oneOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}

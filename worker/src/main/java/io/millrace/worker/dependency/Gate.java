package io.millrace.worker.dependency;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Runner;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.signal.WorkerEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls go, each by what it depends upon, and everything else at once. What may not call for
 * long is parked. One for each incarnation. Safe for use by many threads.
 */
public final class Gate<R extends Runner> implements Runner {

  private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

  /** How long nobody has to have probed, before jobs are taken from the broker to do it. */
  private static final long NOBODY_PROBES = TimeUnit.SECONDS.toNanos(1);

  private final GateFactory around;
  private final BooleanSupplier mayCall;
  private final Consumer<FinishedJob> finished;
  private final Consumer<Collection<JobType>> pause;
  private final R runner;
  private final Map<DependencyKey, Dependency> dependencies = new ConcurrentHashMap<>();
  private final Map<JobId, Dependency> calls = new ConcurrentHashMap<>();
  private final Dependency.Ways ways = new GateWays();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("millrace-gate").daemon().factory());
  private volatile Set<JobType> paused = Set.of(); // written by the circuits' threads, in turn
  private volatile boolean closing;

  /**
   * @param mayCall whether this worker may call anybody: not if others may take it for dead
   * @param runner makes what runs the jobs, and hands each on to what it is given
   * @param finished takes each job that has ended or is parked
   * @param pause takes the types that are not to be taken from the broker
   */
  Gate(
      GateFactory around,
      BooleanSupplier mayCall,
      Function<Consumer<FinishedJob>, R> runner,
      Consumer<FinishedJob> finished,
      Consumer<Collection<JobType>> pause) {
    this.around = around;
    this.mayCall = mayCall;
    this.finished = finished;
    this.pause = pause;
    this.runner = runner.apply(this::ended);
    around.circuits().tell(this::look);
  }

  /** What runs the jobs that may. */
  public R runner() {
    return runner;
  }

  @Override
  public void run(ActiveJob job) {
    if (job.handler().kind() != HandlerKind.CALL) {
      runner.run(job);
      return;
    }
    DependencyKey key;
    try {
      key = job.handler().dependency(job.input(), job.order().tenant());
    } catch (RuntimeException e) { // the handler's
      job.started(around.time().clock().instant());
      finish(job, new Outcome.Failed(Mishap.Failed.forGood(Failure.of(e))));
      return;
    }
    dependencies.computeIfAbsent(key, this::dependency).add(job);
  }

  private Dependency dependency(DependencyKey key) {
    return new Dependency(key, around.properties().of(key), ways, around.time().nanoTime());
  }

  @Override
  public boolean isIdle() {
    return runner.isIdle() && dependencies.values().stream().allMatch(Dependency::isEmpty);
  }

  /** Parks what waits, and lets nothing more wait. */
  public void close() {
    closing = true;
    around.circuits().tell(() -> {});
    timer.shutdownNow();
    dependencies.values().forEach(Dependency::look);
  }

  private void ended(FinishedJob job) {
    Dependency dependency = calls.remove(job.job().id());
    FinishedJob settled = dependency == null ? job : dependency.ended(job);
    if (settled.outcome() instanceof Outcome.Parked(DependencyKey key, _)) {
      boolean never = job.outcome() instanceof Outcome.Parked;
      tellParked(
          key, job.job(), never ? "it was called off before it began" : "its probe has failed");
    }
    finished.accept(settled);
  }

  private void finish(ActiveJob job, Outcome outcome) {
    finished.accept(new FinishedJob(job, outcome, around.time().clock().instant()));
  }

  private void tellParked(DependencyKey key, ActiveJob job, String why) {
    around.events().emit(new WorkerEvent.JobParked(job.id(), job.order().type(), key, why));
  }

  /** Something may have changed, or a second has passed. */
  private void look() {
    pauseTypes();
    dependencies.values().forEach(Dependency::look);
    long old = around.time().nanoTime().getAsLong() - FORGET_AFTER.toNanos();
    dependencies.values().removeIf(each -> each.isUnusedSince(old));
  }

  private synchronized void pauseTypes() {
    long now = around.time().nanoTime().getAsLong();
    Set<JobType> down = new HashSet<>();
    around
        .onlyDependencies()
        .forEach(
            (type, key) -> {
              if (isDown(around.circuits().of(key), now)) {
                down.add(type);
              }
            });
    if (!down.equals(paused)) {
      paused = down;
      around.events().emit(new WorkerEvent.TypesPaused(down));
      pause.accept(down);
    }
  }

  private static boolean isDown(@Nullable CircuitView view, long now) {
    if (view == null) {
      return false;
    }
    return view.rests(now)
        || view.circuit() == Circuit.HALF_OPEN && !view.mayRetry(now)
        || view.circuit() == Circuit.OPEN && !view.mayRetry(now - NOBODY_PROBES);
  }

  private final class GateWays implements Dependency.Ways {

    @Override
    public boolean mayCall() {
      return mayCall.getAsBoolean();
    }

    @Override
    public boolean isClosing() {
      return closing;
    }

    @Override
    public void call(Dependency dependency, ActiveJob job) {
      calls.put(job.id(), dependency);
      job.letGo(dependency.key(), () -> dependency.isStillToCall(job));
      runner.run(job);
    }

    @Override
    public void park(DependencyKey key, ActiveJob job, Duration atLeast, String why) {
      tellParked(key, job, why);
      finish(job, new Outcome.Parked(key, atLeast));
    }

    @Override
    public void after(long nanos, Runnable look) {
      try {
        timer.schedule(look, nanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException _) {
        // It stops: what waits is parked.
      }
    }

    @Override
    public void tell(WorkerEvent event) {
      around.events().emit(event);
    }

    @Override
    public CallRate rate() {
      return around.rate();
    }

    @Override
    public SharedCircuits circuits() {
      return around.circuits();
    }
  }
}

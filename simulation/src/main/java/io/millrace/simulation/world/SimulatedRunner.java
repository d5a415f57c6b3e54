package io.millrace.simulation.world;

import io.millrace.client.contract.JobId;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Runner;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.execution.HandlerCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Runs jobs as a worker's threads do. One that was abandoned runs on, and nobody listens. */
final class SimulatedRunner implements Runner {

  private static final Duration LIMIT = Duration.ofHours(1);

  private final Kernel kernel;
  private final HandlerCall handlers;
  private final InstantSource clock;
  private final Consumer<FinishedJob> finished;
  private final List<ActiveJob> waiting = new ArrayList<>();
  private final Map<JobId, ActiveJob> running = new LinkedHashMap<>();
  private boolean abandoned;

  SimulatedRunner(
      Kernel kernel, HandlerCall handlers, InstantSource clock, Consumer<FinishedJob> finished) {
    this.kernel = kernel;
    this.handlers = handlers;
    this.clock = clock;
    this.finished = finished;
  }

  @Override
  public void run(ActiveJob job) {
    waiting.add(job);
  }

  @Override
  public boolean isIdle() {
    return waiting.isEmpty() && running.isEmpty();
  }

  /** What one of its threads does. */
  void work() {
    while (true) {
      kernel.await(() -> abandoned || !waiting.isEmpty());
      if (abandoned) {
        return;
      }
      ActiveJob job = waiting.removeFirst();
      running.put(job.id(), job);
      job.started(clock.instant());
      kernel.note(() -> "runs " + job.id() + " at attempt " + job.token().attempt());
      FinishedJob ended = handlers.call(job, LIMIT);
      kernel.giveWay();
      running.remove(job.id());
      job.ended();
      if (!abandoned) {
        finished.accept(ended);
      }
    }
  }

  void cancel(JobId id) {
    ActiveJob job = running.get(id);
    if (job != null) {
      job.cancel();
    }
  }

  void abandon() {
    abandoned = true;
    waiting.clear();
  }

  /** What is running, or was when its process ended. */
  Set<JobId> atWork() {
    Set<JobId> ids = new TreeSet<>(running.keySet());
    waiting.forEach(job -> ids.add(job.id()));
    return ids;
  }
}

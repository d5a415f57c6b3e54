package io.millrace.worker.execution;

import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The second step: each job runs on its own, calculations on as many threads as there are cores.
 * Safe for use by many threads.
 */
public final class Execution {

  private final ExecutorService calculations;
  private final InstantSource clock;
  private final Consumer<FinishedJob> finished;
  private volatile boolean abandoned;

  /**
   * @param threads how many calculations run at a time
   * @param finished takes each job when its handler has ended, on the thread that ran it
   */
  public Execution(int threads, InstantSource clock, Consumer<FinishedJob> finished) {
    this.calculations =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("millrace-calculation-", 1).factory());
    this.clock = clock;
    this.finished = finished;
  }

  /** Runs the job as soon as a thread is free. */
  public void run(ActiveJob job) {
    calculations.execute(() -> runNow(job));
  }

  /**
   * Waits until everything has run that was handed in; nothing more is taken.
   *
   * @return whether it has, within {@code grace}; what has not is interrupted
   */
  public boolean finish(Duration grace) throws InterruptedException {
    calculations.shutdown();
    boolean done = calculations.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    abandon();
    return done;
  }

  /** Interrupts what runs and forgets the rest. */
  public void abandon() {
    abandoned = true;
    calculations.shutdownNow();
  }

  private void runNow(ActiveJob job) {
    job.started(clock.instant());
    Outcome outcome;
    try (RunningJobContext context = new RunningJobContext(job)) {
      outcome = job.handler().run(job.input(), context);
    }
    job.ended();
    Thread.interrupted(); // a handler's interrupt is its own, the next one must not find it
    if (!abandoned) {
      finished.accept(new FinishedJob(job, outcome, clock.instant()));
    }
  }
}

package io.millrace.worker.execution;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Runner;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The second step: each job runs on its own, calculations on as many threads as there are cores,
 * transactional work on virtual threads, as many as it may have connections, and each call on a
 * virtual thread of its own; the higher lanes first, without leaving the lower ones out. A handler
 * that runs for too long is interrupted; one that does not heed that is given up, and its thread
 * replaced. Safe for use by many threads.
 */
public final class Execution implements Runner {

  private static final Duration LOOK = Duration.ofMillis(50);

  private final ThreadPoolExecutor calculations;
  private final ExecutorService transactions;
  private final ExecutorService calls;
  private final LaneQueue<ActiveJob> waitingCalculations = new LaneQueue<>();
  private final LaneQueue<ActiveJob> waitingTransactions = new LaneQueue<>();
  private final Capacity capacity;
  private final HandlerCall handlers;
  private final TimeLimits limits;
  private final InstantSource clock;
  private final WorkerEvents events;
  private final Consumer<FinishedJob> finished;
  private final Consumer<Throwable> broken;
  private final Map<JobType, Duration> limitByType = new ConcurrentHashMap<>();
  private final Map<JobId, Run> runs = new ConcurrentHashMap<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicInteger givenUp = new AtomicInteger();
  private final Object watchLock = new Object();
  private final Thread watchdog;
  private volatile boolean abandoned;
  private volatile long progressAtNanos = System.nanoTime();
  private long endedBefore; // the watchdog's

  /**
   * How much runs at a time.
   *
   * @param calculations at least 1
   * @param transactions at least 1
   */
  public record Capacity(int calculations, int transactions) {}

  /**
   * @param finished takes each job when its handler has ended, on the thread that ran it
   * @param broken told when it cannot go on: as many handlers were given up as calculations may
   *     run, or the engine itself failed
   */
  public Execution(
      Capacity capacity,
      HandlerCall handlers,
      TimeLimits limits,
      InstantSource clock,
      WorkerEvents events,
      Consumer<FinishedJob> finished,
      Consumer<Throwable> broken) {
    this.capacity = capacity;
    this.calculations =
        new ThreadPoolExecutor(
            capacity.calculations(),
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("millrace-calculation-", 1).factory());
    this.transactions =
        Executors.newFixedThreadPool(
            capacity.transactions(), Thread.ofVirtual().name("millrace-transaction-", 1).factory());
    this.calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("millrace-call-", 1).factory());
    this.handlers = handlers;
    this.limits = limits;
    this.clock = clock;
    this.events = events;
    this.finished = finished;
    this.broken = broken;
    this.watchdog = Thread.ofPlatform().name("millrace-watchdog").daemon().start(this::watch);
  }

  @Override
  public void run(ActiveJob job) {
    unfinished.incrementAndGet();
    try {
      switch (job.handler().kind()) {
        case CALCULATION -> run(job, calculations, waitingCalculations);
        case TRANSACTION -> run(job, transactions, waitingTransactions);
        case CALL -> calls.execute(() -> runNow(job)); // whoever let it go has seen to its turn
      }
    } catch (RejectedExecutionException e) {
      if (!abandoned) { // what was abandoned is delivered again, whatever still comes in
        throw e;
      }
    }
  }

  /** Whichever thread is free takes whichever job is next by then. */
  private void run(ActiveJob job, ExecutorService threads, LaneQueue<ActiveJob> waiting) {
    waiting.add(job.order().options().lane(), job.line(), job);
    threads.execute(() -> runNow(waiting.take()));
  }

  /** What was given up and runs on counts as well. */
  @Override
  public boolean isIdle() {
    return unfinished.get() == 0 && givenUp.get() == 0;
  }

  /** For how long jobs have waited for a thread while no handler has ended; zero if none waits. */
  public Duration stalledFor() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - progressAtNanos));
  }

  /** Interrupts the handler of a job that was cancelled, if it runs here. */
  public void cancel(JobId id) {
    Run run = runs.get(id);
    if (run != null && run.interrupt(Run.Reason.CANCELLED, System.nanoTime())) {
      run.job().cancel();
      events.emit(new WorkerEvent.HandlerInterrupted(id, "cancelled"));
    }
  }

  /**
   * Waits until everything has run that was handed in; nothing more is taken.
   *
   * @return whether it has, within {@code grace}; what has not is interrupted
   */
  public boolean finish(Duration grace) throws InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    all().forEach(ExecutorService::shutdown);
    boolean done = true;
    for (ExecutorService threads : all()) {
      long left = Math.max(0, deadline - System.nanoTime());
      done &= threads.awaitTermination(left, TimeUnit.NANOSECONDS);
    }
    abandon();
    return done;
  }

  /** Interrupts what runs and forgets the rest. */
  public void abandon() {
    abandoned = true;
    all().forEach(ExecutorService::shutdownNow);
    watchdog.interrupt();
  }

  private List<ExecutorService> all() {
    return List.of(calculations, transactions, calls);
  }

  private void runNow(ActiveJob job) {
    try {
      runGuarded(job);
    } catch (Throwable e) { // not the handler's, whose failures are outcomes
      broken.accept(e);
    }
  }

  private void runGuarded(ActiveJob job) {
    Duration limit = limitOf(job);
    Run run = new Run(job, System.nanoTime() + limit.toNanos());
    job.started(clock.instant());
    runs.put(job.id(), run);
    FinishedJob ended = handlers.call(job, limit.plus(limits.grace()));
    if (!run.end()) {
      takeBack(job);
      return;
    }
    runs.remove(job.id(), run);
    job.ended();
    Thread.interrupted(); // a handler's interrupt is its own, the next one must not find it
    hand(run.interrupted() == Run.Reason.TIME_LIMIT ? timedOut(ended, limit) : ended);
  }

  private Duration limitOf(ActiveJob job) {
    return limitByType.computeIfAbsent(job.order().type(), limits::of);
  }

  private void hand(FinishedJob job) {
    unfinished.decrementAndGet();
    ended.incrementAndGet();
    if (!abandoned) {
      finished.accept(job);
    }
  }

  /** What succeeded in spite of the interrupt has; anything else failed for want of time. */
  private static FinishedJob timedOut(FinishedJob ended, Duration limit) {
    return ended.outcome() instanceof Outcome.Failed(Mishap.Failed how)
        ? new FinishedJob(
            ended.job(), failure(ended.job(), limit, how.why().cause()), ended.finishedAt())
        : ended;
  }

  private static Outcome failure(ActiveJob job, Duration limit, @Nullable String cause) {
    return new Outcome.Failed(
        new Mishap.Failed(
            new Failure(
                "TIMED_OUT",
                "the handler ran for longer than %s, which is the limit of its type"
                    .formatted(limit),
                cause),
            false,
            null,
            job.handler().kind() == HandlerKind.CALL));
  }

  private void watch() {
    try {
      while (!abandoned) {
        synchronized (watchLock) {
          watchLock.wait(LOOK.toMillis());
        }
        runs.values().forEach(this::look);
        noteProgress();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteProgress() {
    long now = ended.get();
    if (now != endedBefore || unfinished.get() <= runs.size()) {
      endedBefore = now;
      progressAtNanos = System.nanoTime();
    }
  }

  private void look(Run run) {
    long now = System.nanoTime();
    ActiveJob job = run.job();
    if (run.isTooLong(now) && run.interrupt(Run.Reason.TIME_LIMIT, now)) {
      job.cancel();
      events.emit(new WorkerEvent.HandlerInterrupted(job.id(), "time limit"));
    }
    if (run.giveUp(limits.grace().toNanos(), now)) {
      giveUp(job);
    }
  }

  /** Its job is settled without it; should it come to its end, nobody listens. */
  private void giveUp(ActiveJob job) {
    runs.remove(job.id());
    job.ended();
    int lost = givenUp.incrementAndGet();
    events.emit(new WorkerEvent.HandlerGivenUp(job.id(), job.order().type(), lost));
    if (job.handler().kind() == HandlerKind.CALCULATION) {
      calculations.setCorePoolSize(calculations.getCorePoolSize() + 1);
    }
    hand(new FinishedJob(job, failure(job, limitOf(job), null), clock.instant()));
    if (lost >= capacity.calculations()) {
      broken.accept(new ExhaustedException(lost));
    }
  }

  /** A handler that was given up has ended after all. */
  private void takeBack(ActiveJob job) {
    Thread.interrupted();
    givenUp.decrementAndGet();
    if (job.handler().kind() == HandlerKind.CALCULATION) {
      calculations.setCorePoolSize(calculations.getCorePoolSize() - 1);
    }
  }
}

package io.millrace.worker.dependency;

import io.millrace.client.contract.JobId;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.execution.Turns;
import io.millrace.worker.signal.WorkerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One dependency, as this worker calls it: which jobs wait for their call, how many are called, and
 * what that says about it. Whoever has to wait for long is parked. Safe for use by many threads.
 */
final class Dependency {

  /** What may be waited for here; whatever takes longer is waited for in the database. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  /** How long what is too much stays away, or it would come and go all the time. */
  private static final Duration COME_BACK = Duration.ofSeconds(2);

  /** How long a probe may take, before it is taken for lost with its worker. */
  private static final Duration PROBE = Duration.ofSeconds(30);

  /** How many calls are made at first when the circuit has closed: twice as many each second. */
  private static final int FIRST_CALLS = 8;

  private static final long STEP_OF_RAMP = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long UNTIL_SOMETHING_ENDS = Long.MAX_VALUE;

  private final DependencyKey key;
  private final DependencySettings settings;
  private final Ways ways;
  private final LongSupplier nanoTime;
  private final CallJudge judge;

  // Written under this, read by those whose call is about to begin.
  private volatile @Nullable JobId probe;
  private volatile long restUntilNanos;

  // Guarded by this.
  private final Turns<ActiveJob> waiting = new Turns<>(); // a line for each tenant
  private int calling;
  private boolean asking;
  private boolean granted;
  private long askAgainNanos;
  private long usedAtNanos;
  private boolean planned;
  private long plannedNanos;

  /** What a dependency does to the world. None of it blocks. */
  interface Ways {

    /** Whether this worker may call anybody: not if others may take it for dead. */
    boolean mayCall();

    /** Whether nothing more is to wait here, since this worker stops. */
    boolean isClosing();

    /** Has the job's handler run. */
    void call(Dependency dependency, ActiveJob job);

    /** Has the job wait in the database, for {@code atLeast} in any case. */
    void park(DependencyKey key, ActiveJob job, Duration atLeast, String why);

    /** Has {@code look} run after so many nanoseconds. */
    void after(long nanos, Runnable look);

    void tell(WorkerEvent event);

    CallRate rate();

    SharedCircuits circuits();
  }

  private sealed interface Next {

    record Call() implements Next {}

    record Probe() implements Next {}

    record Ask() implements Next {}

    record Wait(long nanos) implements Next {}

    record Park(String why) implements Next {}
  }

  Dependency(DependencyKey key, DependencySettings settings, Ways ways, LongSupplier nanoTime) {
    this.key = key;
    this.settings = settings;
    this.ways = ways;
    this.nanoTime = nanoTime;
    this.restUntilNanos = nanoTime.getAsLong();
    this.askAgainNanos = restUntilNanos;
    this.usedAtNanos = restUntilNanos;
    this.judge = new CallJudge(key, settings.circuit(), ways, this::look);
  }

  /** Takes a job of ours that is to call. */
  synchronized void add(ActiveJob job) {
    usedAtNanos = nanoTime.getAsLong();
    waiting.add(job.order().tenant(), job);
    look();
  }

  /** Has those call that may now. */
  synchronized void look() {
    while (!waiting.isEmpty()) {
      switch (next(nanoTime.getAsLong())) {
        case Next.Call() -> call(false);
        case Next.Probe() -> call(true);
        case Next.Ask() -> {
          asking = true;
          ways.circuits().probe(key, PROBE, this::answered);
          return;
        }
        case Next.Wait(long nanos) -> {
          parkSurplus();
          lookAfter(nanos);
          return;
        }
        case Next.Park(String why) -> parkAll(why);
      }
    }
  }

  /** One look is on its way at a time, or a second one if that is to be earlier. */
  private void lookAfter(long nanos) {
    long at = nanoTime.getAsLong() + nanos;
    if (nanos != UNTIL_SOMETHING_ENDS && (!planned || at - plannedNanos < 0)) {
      planned = true;
      plannedNanos = at;
      ways.after(nanos, this::lookAsPlanned);
    }
  }

  private synchronized void lookAsPlanned() {
    planned = false;
    look();
  }

  private Next next(long now) {
    if (ways.isClosing()) {
      return new Next.Park("its worker stops");
    }
    if (granted) {
      return new Next.Probe();
    }
    if (asking) {
      return new Next.Wait(UNTIL_SOMETHING_ENDS);
    }
    if (!ways.mayCall()) {
      return new Next.Wait(PATIENCE);
    }
    CircuitView view = ways.circuits().of(key);
    long rest = Math.max(restUntilNanos - now, view == null ? 0 : view.restUntilNanos() - now);
    if (rest > 0) {
      return rest > PATIENCE ? new Next.Park("it asked for a rest") : new Next.Wait(rest);
    }
    if (view == null || view.circuit() == Circuit.CLOSED) {
      return whileClosed(view, now);
    }
    if (!view.mayRetry(now)) {
      return new Next.Park("its circuit is open");
    }
    long patience = askAgainNanos - now;
    return patience > 0 ? new Next.Wait(patience) : new Next.Ask();
  }

  private Next whileClosed(@Nullable CircuitView view, long now) {
    int most = view == null ? settings.calls() : ramp(now - view.sinceNanos());
    if (calling >= most) {
      return new Next.Wait(most < settings.calls() ? STEP_OF_RAMP : UNTIL_SOMETHING_ENDS);
    }
    long wait = ways.rate().tryAcquire(key);
    return wait == 0 ? new Next.Call() : new Next.Wait(wait);
  }

  private int ramp(long closedForNanos) {
    long seconds = Math.min(20, TimeUnit.NANOSECONDS.toSeconds(closedForNanos));
    return Math.min(settings.calls(), FIRST_CALLS << seconds);
  }

  private void call(boolean asProbe) {
    ActiveJob job = waiting.poll();
    if (job != null) {
      if (asProbe) {
        granted = false;
        probe = job.id();
      }
      calling++;
      ways.call(this, job);
    }
  }

  private synchronized void answered(boolean ours) {
    asking = false;
    granted = ours;
    if (!ours) {
      askAgainNanos = nanoTime.getAsLong() + PATIENCE; // the database may be away
    }
    look();
  }

  private void parkAll(String why) {
    for (ActiveJob job = waiting.poll(); job != null; job = waiting.poll()) {
      ways.park(key, job, Duration.ZERO, why);
    }
  }

  private void parkSurplus() {
    while (waiting.size() > settings.waiting()) {
      ActiveJob job = Objects.requireNonNull(waiting.pollSurplus(), "more than none wait");
      ways.park(key, job, COME_BACK, "many wait");
    }
  }

  /** Takes those that wait here and that {@code which} says. */
  synchronized List<ActiveJob> takeAll(Predicate<ActiveJob> which) {
    return waiting.takeAll(which);
  }

  DependencyKey key() {
    return key;
  }

  /**
   * Whether a job that was let go is still to call: not if it had to wait for a thread, and the
   * other side was found to be down, or asked for a rest, meanwhile.
   */
  boolean isStillToCall(ActiveJob job) {
    long now = nanoTime.getAsLong();
    CircuitView view = ways.circuits().of(key);
    boolean rests = restUntilNanos - now > 0 || view != null && view.rests(now);
    boolean open = view != null && view.circuit() != Circuit.CLOSED;
    return !rests && !open || job.id().equals(probe);
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  synchronized boolean isUnusedSince(long nanos) {
    return waiting.isEmpty() && calling == 0 && usedAtNanos - nanos < 0;
  }

  /**
   * Takes note of how a call has ended.
   *
   * @return what has become of the job: one whose call was a probe, and has only shown that the
   *     other side is still down, waits on without an attempt spent
   */
  FinishedJob ended(FinishedJob job) {
    boolean wasProbe = job.job().id().equals(probe);
    if (job.job().isCancelled()) {
      judge.cancelled(wasProbe);
    } else if (!job.outcome().isUnbegun()) {
      judge.judge(job, wasProbe).ifPresent(this::rest);
    }
    synchronized (this) {
      calling--;
      if (wasProbe) {
        probe = null;
      }
      look();
    }
    return wasProbe && isDown(job.outcome()) ? parked(job) : job;
  }

  private static boolean isDown(Outcome outcome) {
    return outcome instanceof Outcome.Failed(Mishap.Failed how) && how.elsewhere();
  }

  private FinishedJob parked(FinishedJob job) {
    return new FinishedJob(job.job(), new Outcome.Parked(key, Duration.ZERO), job.finishedAt());
  }

  /** Here at once, and everywhere else as soon as it is told. */
  private void rest(Duration asked) {
    synchronized (this) {
      restUntilNanos = Math.max(restUntilNanos, nanoTime.getAsLong() + asked.toNanos());
    }
    ways.tell(new WorkerEvent.DependencyRests(key, asked));
    ways.circuits().rest(key, asked);
  }
}

package io.millrace.scheduler.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** Waits for the partitions of a step, and shows how far the run has come. For one run. */
final class RunWatch {

  private static final long SHOW_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long LATELY = TimeUnit.SECONDS.toNanos(30);

  private record Sample(long nanos, long done) {}

  private final RunStore runs;
  private final JobRepository repository;
  private final JobOperator operator;
  private final Duration poll;
  private final BatchListener events;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Deque<Sample> samples = new ArrayDeque<>();
  private boolean stopped;

  RunWatch(
      RunStore runs,
      JobRepository repository,
      JobOperator operator,
      Duration poll,
      BatchListener events) {
    this.runs = runs;
    this.repository = repository;
    this.operator = operator;
    this.poll = poll;
    this.events = events;
  }

  /**
   * Returns when all partitions of the step have ended; has them stop if somebody wishes.
   *
   * @throws LeaseLostException if the run is ours no more, or this scheduler stops
   */
  void await(ClaimedRun run, String step, long execution) throws InterruptedException {
    long shownAt = System.nanoTime();
    RunStore.Standing standing = runs.standing(run, step);
    while (standing.open() > 0) {
      if (standing.stopRequested() && !stopped) {
        stop(execution);
      }
      if (end.await(poll.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LeaseLostException("run " + run.id() + " of " + run.job());
      }
      if (System.nanoTime() - shownAt >= SHOW_EVERY) {
        shownAt = System.nanoTime();
        show(run, step);
      }
      standing = runs.standing(run, step);
    }
    show(run, step);
  }

  /** Has whoever waits throw: the run is ours no more, or is to be given to another scheduler. */
  void end() {
    end.countDown();
  }

  private void stop(long id) {
    stopped = true;
    JobExecution execution =
        Objects.requireNonNull(repository.getJobExecution(id), "Spring Batch forgets no execution");
    try {
      operator.stop(execution);
    } catch (JobExecutionNotRunningException _) {
      // It is just ending.
    }
  }

  private void show(ClaimedRun run, String step) {
    RunStore.Count count = runs.progress(run, step, perSecond());
    long before = samples.isEmpty() ? count.done() : samples.getLast().done();
    samples.addLast(new Sample(System.nanoTime(), count.done()));
    if (count.done() > before) {
      events.on(new BatchEvent.Advanced(run.id(), run.job(), count.done() - before));
    }
  }

  private double perSecond() {
    long now = System.nanoTime();
    while (samples.size() > 2 && now - samples.getFirst().nanos() > LATELY) {
      samples.removeFirst();
    }
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (last.done() - first.done()) * 1e9 / (last.nanos() - first.nanos());
  }
}

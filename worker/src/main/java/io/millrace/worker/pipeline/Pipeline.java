package io.millrace.worker.pipeline;

import io.millrace.client.contract.JobId;
import io.millrace.core.pause.Paused;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.dependency.Gate;
import io.millrace.worker.execution.Execution;
import io.millrace.worker.intake.AmqpIntake;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The path of a message through one incarnation of a worker. Each step has a thread of its own and
 * hands what it has done on to the next, so that batches form by themselves wherever a step is
 * busy:
 *
 * <ol>
 *   <li><b>claim</b>: deliveries become jobs of ours, or are refused
 *   <li><b>run</b>: each job on its own
 *   <li><b>settle</b>: ends are written, in groups, fenced
 *   <li><b>announce</b>: outcomes are published and confirmed
 *   <li><b>acknowledge</b>: and only now does the broker forget
 * </ol>
 */
final class Pipeline {

  /** How long nothing must arrive, before a stop believes that nothing is on its way. */
  private static final Duration QUIET = Duration.ofMillis(100);

  private static final Duration LOOK = Duration.ofMillis(5);

  private final AmqpIntake intake;
  private final Gate<Execution> gate;
  private final Execution run;
  private final Steps steps;
  private final Stage claiming;
  private final Stage settling;
  private final Stage announcing;

  /**
   * @param broken told when a step throws what it should not: the pipeline is to be abandoned
   */
  Pipeline(AmqpIntake intake, Gate<Execution> gate, Steps steps, Consumer<Throwable> broken) {
    this.intake = intake;
    this.gate = gate;
    this.run = gate.runner();
    this.steps = steps;
    claiming = new Stage("claim", steps.claim()::step, steps.claim()::isDrained, broken);
    settling = new Stage("settle", steps::settleStep, steps.settle()::isDrained, broken);
    announcing = new Stage("announce", steps.announce()::step, steps.announce()::isDrained, broken);
  }

  void start() {
    announcing.start();
    settling.start();
    claiming.start();
    intake.start();
  }

  /**
   * Stops consuming and lets everything that has arrived go all the way, so that nothing need be
   * delivered again; what takes longer than {@code grace} is left, and is. What is on its way from
   * a quorum queue when its consumer is cancelled is lost on the way, and delivered again: so the
   * queue must have come to rest before.
   *
   * @return whether every handler has ended
   */
  boolean finish(Duration grace) throws InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    intake.wane();
    await(deadline, () -> intake.sinceLastArrival().compareTo(QUIET) > 0);
    intake.stopConsuming();
    gate.close();
    await(deadline, this::isQuiet);
    claiming.finish(deadline);
    boolean ended = run.finish(Duration.ofNanos(deadline - System.nanoTime()));
    settling.finish(deadline);
    announcing.finish(deadline);
    steps.announce().close();
    intake.stop();
    return ended;
  }

  private void await(long deadlineNanos, BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean() && System.nanoTime() < deadlineNanos) {
      synchronized (steps) {
        steps.wait(LOOK.toMillis());
      }
    }
  }

  /** Deliveries of jobs that run elsewhere are given back in the end: nothing is done with them. */
  private boolean isQuiet() {
    return steps.claim().isDrained() && steps.active().size() <= steps.held().size();
  }

  /**
   * Ends at once: what is at hand is delivered again. Its writes, should some still be on their
   * way, are fenced.
   */
  void abandon() throws InterruptedException {
    intake.stop();
    gate.close();
    run.abandon();
    claiming.abandon();
    settling.abandon();
    announcing.abandon();
    steps.announce().close();
  }

  /** Keeps a job that was cancelled from beginning, or interrupts its handler, if it is here. */
  void cancel(JobId job) {
    steps.active().cancel(job);
    run.cancel(job);
  }

  /**
   * Leaves what is paused to the broker, begins nothing more of it, and puts back what has not
   * begun. What runs goes on.
   */
  void leave(Paused paused) {
    intake.leave(paused);
    Predicate<ActiveJob> left =
        job -> paused.holds(job.order().type(), job.order().options().lane());
    gate.setAside(left);
    run.setAside(left);
  }

  /** For how long jobs have waited for a thread while no handler has ended. */
  Duration stalledFor() {
    return run.stalledFor();
  }

  /** How many jobs are at hand. */
  int active() {
    return steps.active().size();
  }

  /** Whether messages are being consumed. */
  boolean isConsuming() {
    return intake.isConsuming();
  }
}

package io.millrace.worker.pipeline;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A thread that makes one kind of step, again and again, until it is told to finish and nothing is
 * left to do.
 */
final class Stage {

  /** One step; waits a moment if there is nothing to do. */
  @FunctionalInterface
  interface Step {
    void make() throws InterruptedException;
  }

  private final Step step;
  private final BooleanSupplier drained;
  private final Consumer<Throwable> broken;
  private final Thread thread;
  private volatile boolean finishing;

  /**
   * @param drained whether nothing is left to do; asked between steps
   * @param broken told when a step throws what it should not, after which there are no more steps
   */
  Stage(String name, Step step, BooleanSupplier drained, Consumer<Throwable> broken) {
    this.step = step;
    this.drained = drained;
    this.broken = broken;
    this.thread = Thread.ofPlatform().name("millrace-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Waits until nothing is left to do, at most until {@code deadlineNanos} of the monotonic clock;
   * then it is interrupted.
   */
  void finish(long deadlineNanos) throws InterruptedException {
    finishing = true;
    long left = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
    thread.join(left);
    abandon();
  }

  /** Interrupts the thread and waits until it has ended. */
  void abandon() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void run() {
    try {
      while (!(finishing && drained.getAsBoolean())) {
        step.make();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // it was abandoned
    } catch (RuntimeException | Error e) {
      broken.accept(e);
    }
  }
}

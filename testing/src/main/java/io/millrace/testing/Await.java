package io.millrace.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a process that does something: looks often, and ends at once when the process does. */
public final class Await {

  private static final long LOOK_MILLIS = 50;

  private Await() {}

  /**
   * Waits until {@code done}.
   *
   * @return whether it came to that, before {@code limit} and while {@code process} lived
   */
  static boolean until(BooleanSupplier done, Process process, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!done.getAsBoolean()) {
        if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return done.getAsBoolean();
        }
        if (System.nanoTime() > end) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The same, where there is no process to watch.
   *
   * @return whether it came to that before {@code limit}
   */
  public static boolean until(BooleanSupplier done, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!done.getAsBoolean()) {
        if (System.nanoTime() > end || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

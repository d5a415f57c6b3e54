package io.millrace.chaos.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time that has to pass because that is what is asked for: a slow job, a server that is down. */
public final class Pause {

  private Pause() {}

  public static void of(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}

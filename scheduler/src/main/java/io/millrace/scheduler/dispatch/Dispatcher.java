package io.millrace.scheduler.dispatch;

import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.store.Notifications;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks for jobs that somebody has to do something about, and does it, pass by pass, for as long as
 * the process lives. Any number of dispatchers may look at the same time.
 */
public final class Dispatcher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration PAUSE_AFTER_A_FAULT = Duration.ofSeconds(1);

  private final List<PacedPass> passes;
  private final ConfirmedPublisher publisher;
  private final Notifications notifications;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  /**
   * @param passes in the order in which they look; the first is for what notifications tell of
   * @param publisher that the passes publish with; closed when it stops
   * @param notifications that there is something to do; closed when it stops
   */
  Dispatcher(List<PacedPass> passes, ConfirmedPublisher publisher, Notifications notifications) {
    this.passes = List.copyOf(passes);
    this.publisher = publisher;
    this.notifications = notifications;
  }

  @Override
  public synchronized void start() {
    stopping = false;
    thread = Thread.ofPlatform().name("millrace-dispatcher").start(this::dispatch);
  }

  /** Finishes the batch at hand and stops. */
  @Override
  public synchronized void stop() {
    stopping = true;
    Thread running = thread;
    thread = null;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  /** Whether everything that it last tried has worked. */
  boolean isWell() {
    Thread running = thread();
    return running != null && running.isAlive() && passes.stream().allMatch(PacedPass::isWell);
  }

  private synchronized @Nullable Thread thread() {
    return thread;
  }

  private void dispatch() {
    try (publisher;
        notifications) {
      while (!stopping) {
        lookOrRest();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOrRest() throws InterruptedException {
    try {
      round();
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("the dispatcher met what it should not, and goes on");
      notifications.await(PAUSE_AFTER_A_FAULT);
    }
  }

  private void round() throws InterruptedException {
    for (PacedPass pass : passes) {
      if (!stopping && pass.isDue(System.nanoTime())) {
        pass.run();
      }
    }
    long now = System.nanoTime();
    Duration pause =
        passes.stream().map(pass -> pass.pause(now)).min(Duration::compareTo).orElseThrow();
    if (!pause.isZero() && !notifications.await(pause).isEmpty()) {
      passes.getFirst().hurry();
    }
  }
}

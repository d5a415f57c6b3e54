package io.millrace.scheduler.dispatch;

import io.millrace.core.BackgroundWork;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.store.Notifications;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for jobs that somebody has to do something about, and does it, pass by pass, for as long as
 * the process lives. Any number of dispatchers may look at the same time.
 */
public final class Dispatcher extends BackgroundWork {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration PAUSE_AFTER_A_FAULT = Duration.ofSeconds(1);

  private final List<PacedPass> passes;
  private final ConfirmedPublisher publisher;
  private final Notifications notifications;

  /**
   * @param passes in the order in which they look; the first is for what notifications tell of
   * @param publisher that the passes publish with; closed when it stops
   * @param notifications that there is something to do; closed when it stops
   */
  Dispatcher(List<PacedPass> passes, ConfirmedPublisher publisher, Notifications notifications) {
    super("millrace-dispatcher");
    this.passes = List.copyOf(passes);
    this.publisher = publisher;
    this.notifications = notifications;
  }

  /** Whether everything that it last tried has worked. */
  boolean isWell() {
    return isWorking() && passes.stream().allMatch(PacedPass::isWell);
  }

  /** A stop finishes the batch at hand. */
  @Override
  protected void work() throws InterruptedException {
    try (publisher;
        notifications) {
      while (!isStopping()) {
        lookOrRest();
      }
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
      if (!isStopping() && pass.isDue(System.nanoTime())) {
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

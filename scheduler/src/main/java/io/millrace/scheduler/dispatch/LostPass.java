package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Publishes again what a broker that lost its disk no longer knows: messages that were published
 * long ago, of jobs that have not begun, while their queue is empty. One too many is recognised by
 * its attempt.
 */
final class LostPass implements Pass {

  private final Surroundings around;
  private final ConfirmedPublisher publisher;

  LostPass(Surroundings around, ConfirmedPublisher publisher) {
    this.around = around;
    this.publisher = publisher;
  }

  @Override
  public String name() {
    return "lost";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    Instant before = around.clock().instant().minus(around.properties().lostAfter());
    int done = 0;
    Set<JobType> paused = around.parked().pauses().current().types();
    for (JobType type : around.due().queued().keySet()) {
      if (paused.contains(type)) {
        continue; // nobody takes its messages, and those that workers give back may be on their way
      }
      done += around.transaction().run(() -> publishAgain(type, before));
    }
    return done;
  }

  private int publishAgain(JobType type, Instant before) throws IOException, InterruptedException {
    List<JobHead> silent = around.due().lockQueuedBefore(type, before, around.properties().batch());
    if (silent.isEmpty() || !isEmpty(type)) {
      return 0;
    }
    around.transaction().publishAgain(type, silent);
    around.events().on(new DispatchEvent.PublishedAgain(type, silent.size()));
    return silent.size();
  }

  private boolean isEmpty(JobType type) throws IOException, InterruptedException {
    publisher.publish(type, List.of()); // a queue that is gone is declared anew
    return publisher.depth(QueueNames.dispatch(type)) == 0;
  }
}

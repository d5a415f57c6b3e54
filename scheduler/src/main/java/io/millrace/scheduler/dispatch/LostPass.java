package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Publishes again what a broker that lost its disk no longer knows: messages that were published
 * long ago, of jobs that have not begun, while their queue is empty. One too many is recognised by
 * its attempt.
 */
final class LostPass implements Pass {

  private final DueStore due;
  private final DispatchTransaction transaction;
  private final ConfirmedPublisher publisher;
  private final DispatcherProperties properties;
  private final InstantSource clock;
  private final DispatchListener events;

  LostPass(
      DueStore due,
      DispatchTransaction transaction,
      ConfirmedPublisher publisher,
      DispatcherProperties properties,
      InstantSource clock,
      DispatchListener events) {
    this.due = due;
    this.transaction = transaction;
    this.publisher = publisher;
    this.properties = properties;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public String name() {
    return "lost";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    Instant before = clock.instant().minus(properties.lostAfter());
    int done = 0;
    for (JobType type : due.queued().keySet()) {
      done += transaction.run(() -> publishAgain(type, before));
    }
    return done;
  }

  private int publishAgain(JobType type, Instant before) throws IOException, InterruptedException {
    List<JobHead> silent = due.lockQueuedBefore(type, before, properties.batch());
    if (silent.isEmpty() || !isEmpty(type)) {
      return 0;
    }
    transaction.publishAgain(type, silent);
    events.on(new DispatchEvent.PublishedAgain(type, silent.size()));
    return silent.size();
  }

  private boolean isEmpty(JobType type) throws IOException, InterruptedException {
    publisher.publish(type, List.of()); // a queue that is gone is declared anew
    return publisher.depth(QueueNames.dispatch(type)) == 0;
  }
}

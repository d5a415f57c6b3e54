package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Publishes again what a broker that lost its disk no longer knows: messages that were published
 * long ago, of jobs that have not begun, while their queue is empty. One too many is recognised by
 * its attempt.
 */
final class LostPass implements Pass {

  private final Tools tools;
  private final ConfirmedPublisher publisher;

  LostPass(Tools tools, ConfirmedPublisher publisher) {
    this.tools = tools;
    this.publisher = publisher;
  }

  @Override
  public String name() {
    return "lost";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    Instant before = tools.clock().instant().minus(tools.properties().lostAfter());
    int done = 0;
    for (JobType type : tools.due().queued().keySet()) {
      done += tools.transaction().run(() -> publishAgain(type, before));
    }
    return done;
  }

  private int publishAgain(JobType type, Instant before) throws IOException, InterruptedException {
    List<JobHead> silent = tools.due().lockQueuedBefore(type, before, tools.properties().batch());
    if (silent.isEmpty() || !isEmpty(type)) {
      return 0;
    }
    tools.transaction().publishAgain(type, silent);
    tools.events().on(new DispatchEvent.PublishedAgain(type, silent.size()));
    return silent.size();
  }

  private boolean isEmpty(JobType type) throws IOException, InterruptedException {
    publisher.publish(type, List.of()); // a queue that is gone is declared anew
    return publisher.depth(QueueNames.dispatch(type)) == 0;
  }
}

package io.millrace.scheduler.dispatch;

import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.job.Job;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.DueStore;
import java.io.IOException;
import java.util.List;

/**
 * Announces the ends of jobs that nobody has a message of: published, confirmed, and only then
 * done.
 */
final class AnnouncePass implements Pass {

  private final DueStore due;
  private final DispatchTransaction transaction;
  private final ConfirmedPublisher publisher;
  private final OutcomeMessages outcomes;
  private final int batch;
  private final DispatchListener events;

  AnnouncePass(
      DueStore due,
      DispatchTransaction transaction,
      ConfirmedPublisher publisher,
      OutcomeMessages outcomes,
      int batch,
      DispatchListener events) {
    this.due = due;
    this.transaction = transaction;
    this.publisher = publisher;
    this.outcomes = outcomes;
    this.batch = batch;
    this.events = events;
  }

  @Override
  public String name() {
    return "announce";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return transaction.run(this::announce);
  }

  private int announce() throws IOException, InterruptedException {
    List<Job> ended = due.lockUnannounced(batch);
    if (ended.isEmpty()) {
      return 0;
    }
    List<OutboundMessage> messages =
        ended.stream().flatMap(job -> outcomes.of(job).stream()).toList();
    if (!messages.isEmpty()) {
      publisher.publish(messages);
    }
    due.announced(ended.stream().map(Job::id).toList());
    events.on(new DispatchEvent.Announced(ended.size()));
    return ended.size();
  }
}

package io.millrace.scheduler.dispatch;

import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.job.Job;
import io.millrace.core.outcome.OutcomeMessages;
import java.io.IOException;
import java.util.List;

/**
 * Announces the ends of jobs that nobody has a message of: published, confirmed, and only then
 * done.
 */
final class AnnouncePass implements Pass {

  private final Surroundings around;
  private final ConfirmedPublisher publisher;
  private final OutcomeMessages outcomes;

  AnnouncePass(Surroundings around, ConfirmedPublisher publisher, OutcomeMessages outcomes) {
    this.around = around;
    this.publisher = publisher;
    this.outcomes = outcomes;
  }

  @Override
  public String name() {
    return "announce";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return around.transaction().run(this::announce);
  }

  private int announce() throws IOException, InterruptedException {
    List<Job> ended = around.due().lockUnannounced(around.properties().batch());
    if (ended.isEmpty()) {
      return 0;
    }
    List<OutboundMessage> messages =
        ended.stream().flatMap(job -> outcomes.of(job).stream()).toList();
    if (!messages.isEmpty()) {
      publisher.publish(messages);
    }
    around.due().announced(ended.stream().map(Job::id).toList());
    around.events().on(new DispatchEvent.Announced(ended.size()));
    return ended.size();
  }
}

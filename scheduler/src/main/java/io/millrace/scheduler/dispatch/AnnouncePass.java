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

  private final Tools tools;
  private final ConfirmedPublisher publisher;
  private final OutcomeMessages outcomes;

  AnnouncePass(Tools tools, ConfirmedPublisher publisher, OutcomeMessages outcomes) {
    this.tools = tools;
    this.publisher = publisher;
    this.outcomes = outcomes;
  }

  @Override
  public String name() {
    return "announce";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return tools.transaction().run(this::announce);
  }

  private int announce() throws IOException, InterruptedException {
    List<Job> ended = tools.due().lockUnannounced(tools.properties().batch());
    if (ended.isEmpty()) {
      return 0;
    }
    List<OutboundMessage> messages =
        ended.stream().flatMap(job -> outcomes.of(job).stream()).toList();
    if (!messages.isEmpty()) {
      publisher.publish(messages);
    }
    tools.due().announced(ended.stream().map(Job::id).toList());
    tools.events().on(new DispatchEvent.Announced(ended.size()));
    return ended.size();
  }
}

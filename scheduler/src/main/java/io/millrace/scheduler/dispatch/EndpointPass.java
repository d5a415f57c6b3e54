package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.EndpointEvent;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.webhook.UnannouncedEndpoints;
import java.io.IOException;
import java.util.List;

/** Announces that endpoints of webhooks were disabled: published, confirmed, and only then done. */
final class EndpointPass implements Pass {

  private final Surroundings around;
  private final ConfirmedPublisher publisher;
  private final OutcomeMessages messages;
  private final UnannouncedEndpoints endpoints;

  EndpointPass(
      Surroundings around,
      ConfirmedPublisher publisher,
      OutcomeMessages messages,
      UnannouncedEndpoints endpoints) {
    this.around = around;
    this.publisher = publisher;
    this.messages = messages;
    this.endpoints = endpoints;
  }

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return around.transaction().run(this::announce);
  }

  private int announce() throws IOException, InterruptedException {
    List<EndpointEvent> disabled = endpoints.lockUnannounced(around.properties().batch());
    if (disabled.isEmpty()) {
      return 0;
    }
    publisher.publish(disabled.stream().map(messages::of).toList());
    endpoints.announced(disabled);
    around.events().on(new DispatchEvent.EndpointsAnnounced(disabled.size()));
    return disabled.size();
  }
}

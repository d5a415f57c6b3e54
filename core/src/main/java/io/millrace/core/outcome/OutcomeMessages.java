package io.millrace.core.outcome;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MessageProperties;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.EndpointEvent;
import io.millrace.client.contract.EndpointEventWriter;
import io.millrace.client.contract.Outcome;
import io.millrace.client.contract.OutcomeEvent;
import io.millrace.client.contract.OutcomeEventWriter;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts outcomes into messages. Safe for use by many threads. */
public final class OutcomeMessages {

  private final OutcomeEventWriter writer = new OutcomeEventWriter();
  private final EndpointEventWriter endpoints = new EndpointEventWriter();
  private final OutcomeProperties properties;

  public OutcomeMessages(OutcomeProperties properties) {
    this.properties = properties;
  }

  /** What to publish about a job that has ended. */
  public List<OutboundMessage> of(Job job) {
    Job.Order order = job.order();
    JobState state = job.standing().state();
    String asked = order.options().replyTo();
    // A message that asks for another queue is refused; a row that a database user wrote may.
    String replyTo = asked != null && properties.mayReplyTo(asked) ? asked : null;
    boolean publish =
        switch (properties.of(order.type().name())) {
          case ALL -> true;
          case FAILURES -> state != JobState.SUCCEEDED;
          case REPLIES -> false;
        };
    if (!publish && replyTo == null) {
      return List.of();
    }
    OutcomeEvent event =
        new OutcomeEvent(
            Objects.requireNonNull(job.times().finishedAt(), "an ended job has an end"),
            new OutcomeEvent.Job(
                job.id(),
                order.tenant(),
                order.type(),
                order.messageId(),
                job.standing().attempt()),
            outcomeOf(state, job.ending()),
            order.options().correlationId());
    return messages(event, publish, replyTo);
  }

  /** What to publish about a message that is in quarantine. */
  public List<OutboundMessage> of(Rejection rejection) {
    OutcomeEvent event =
        new OutcomeEvent(
            rejection.at(),
            new OutcomeEvent.Job(null, null, rejection.type(), rejection.messageId(), 0),
            new Outcome.Rejected(
                rejection.quarantineId().toString(), rejection.reason(), rejection.explanation()),
            null);
    return messages(event, true, null);
  }

  /** What to publish about an endpoint of webhooks that was disabled. */
  public OutboundMessage of(EndpointEvent event) {
    return new OutboundMessage(
        ContractNames.EVENTS,
        EndpointEvent.ROUTING_KEY,
        MessageProperties.PERSISTENT_BASIC
            .builder()
            .contentType(ContractNames.CLOUD_EVENT_JSON)
            .messageId(event.id())
            .type(EndpointEvent.TYPE)
            .build(),
        endpoints.write(event));
  }

  private List<OutboundMessage> messages(
      OutcomeEvent event, boolean publish, @Nullable String replyTo) {
    byte[] body = writer.write(event);
    AMQP.BasicProperties amqp =
        MessageProperties.PERSISTENT_BASIC
            .builder()
            .contentType(OutcomeEvent.CONTENT_TYPE)
            .messageId(event.id())
            .type(event.type())
            .correlationId(event.correlationId())
            .build();
    List<OutboundMessage> messages = new ArrayList<>(2);
    if (publish) {
      messages.add(new OutboundMessage(ContractNames.EVENTS, event.routingKey(), amqp, body));
    }
    if (replyTo != null) {
      messages.add(new OutboundMessage("", replyTo, amqp, body));
    }
    return messages;
  }

  private static Outcome outcomeOf(JobState state, Job.Ending ending) {
    return switch (state) {
      case SUCCEEDED -> new Outcome.Succeeded(ending.result());
      case FAILED -> {
        Failure failure = Objects.requireNonNull(ending.failure(), "a failed job has a failure");
        yield new Outcome.Failed(failure.kind(), failure.message());
      }
      case CANCELLED -> new Outcome.Cancelled(ending.duplicateOf());
      case EXPIRED -> new Outcome.Expired();
      case WAITING, QUEUED, RUNNING ->
          throw new IllegalArgumentException("a job that is " + state + " has no outcome");
    };
  }
}

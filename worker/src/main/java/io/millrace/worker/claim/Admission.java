package io.millrace.worker.claim;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobMessageReader;
import io.millrace.client.contract.Reading;
import io.millrace.client.contract.Refusal;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.intake.Delivery;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides whether a delivery can become a job. Pure, but for what handlers' input records do. */
final class Admission {

  /** What was decided. */
  sealed interface Decision {

    /** It can. */
    record Admitted(ActiveJob job) implements Decision {}

    /** It cannot. */
    record Refused(Refusal reason, String explanation, @Nullable String messageId)
        implements Decision {}
  }

  private static final int FIRST_ATTEMPT = 1;

  private final JobMessageReader reader;
  private final HandlerRegistry handlers;
  private final TenantProperties tenants;
  private final OutcomeProperties outcomes;
  private final UUID self;

  Admission(
      JobMessageReader reader,
      HandlerRegistry handlers,
      TenantProperties tenants,
      OutcomeProperties outcomes,
      UUID self) {
    this.reader = reader;
    this.handlers = handlers;
    this.tenants = tenants;
    this.outcomes = outcomes;
    this.self = self;
  }

  Decision decide(Delivery delivery) {
    return switch (delivery.queue()) {
      case QueueNames.UNROUTED ->
          refused(
              Refusal.UNROUTED,
              "no queue takes jobs of type '%s': check the routing key, or start a worker that has a handler of this type"
                  .formatted(delivery.routingKey()),
              delivery.properties().getMessageId());
      case QueueNames.DEAD ->
          refused(
              Refusal.DEAD_LETTERED,
              "the broker took the message off its queue before a worker got it: look for an expiration in the message, or for a policy on the queue",
              delivery.properties().getMessageId());
      default -> read(delivery);
    };
  }

  private Decision read(Delivery delivery) {
    return switch (reader.read(
        delivery.exchange(), delivery.routingKey(), delivery.properties(), delivery.body())) {
      case Reading.Refused(Refusal reason, String explanation, String messageId) ->
          refused(reason, explanation, messageId);
      case Reading.Readable(JobMessage message, String userId) -> admit(delivery, message, userId);
    };
  }

  private Decision admit(Delivery delivery, JobMessage message, @Nullable String userId) {
    Optional<RegisteredHandler> handler = handlers.find(message.type());
    if (handler.isEmpty()) {
      return refused(
          Refusal.UNKNOWN_TYPE,
          "no handler of type '%s' here, though its message came: the queue is bound to a key that is not its own"
              .formatted(message.type()),
          message.messageId());
    }
    Optional<String> tenant = tenants.tenantOf(userId, message.tenant());
    if (tenant.isEmpty()) {
      return refused(Refusal.UNKNOWN_TENANT, unknownTenant(message, userId), message.messageId());
    }
    String replyTo = message.options().replyTo();
    if (replyTo != null && !outcomes.mayReplyTo(replyTo)) {
      return refused(
          Refusal.INVALID_HEADER,
          "reply_to names the queue '%s', which millrace.outcomes.reply-to does not permit"
              .formatted(replyTo),
          message.messageId());
    }
    return switch (handler.get().read(message.payload())) {
      case RegisteredHandler.Input.Refused(Refusal reason, String explanation) ->
          refused(reason, explanation, message.messageId());
      case RegisteredHandler.Input.Read(Object input) ->
          new Decision.Admitted(job(delivery, message, tenant.get(), handler.get(), input));
    };
  }

  private ActiveJob job(
      Delivery delivery,
      JobMessage message,
      String tenant,
      RegisteredHandler handler,
      Object input) {
    return new ActiveJob(
        new Job.Order(
            tenant,
            message.type(),
            message.messageId(),
            message.options(),
            message.payload(),
            Fingerprint.of(message.type(), message.payload())),
        handler,
        input,
        delivery,
        new LeaseToken(self, FIRST_ATTEMPT));
  }

  private static String unknownTenant(JobMessage message, @Nullable String userId) {
    if (message.tenant() == null) {
      return "the message names no tenant, its user '%s' has none, and millrace.tenants.default-tenant is empty"
          .formatted(userId);
    }
    if (userId == null) {
      return "the message names the tenant '%s' and no user_id: set user_id to the publisher's AMQP user, or let everybody name tenants with millrace.tenants.spokesmen=*"
          .formatted(message.tenant());
    }
    return "the user '%s' may not speak for the tenant '%s': add it to millrace.tenants.spokesmen, or leave the header out"
        .formatted(userId, message.tenant());
  }

  private static Decision refused(Refusal reason, String explanation, @Nullable String messageId) {
    return new Decision.Refused(reason, explanation, messageId);
  }
}

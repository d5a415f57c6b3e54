package io.millrace.worker.webhook;

import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.SigningKey;
import io.millrace.handler.CallContext;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransientFailure;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import io.millrace.worker.http.CallFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells an endpoint of the job's tenant about an event (Standard Webhooks 1.0). Whatever it answers
 * but 2xx is a failure, after which the job is tried again; but for 410, which disables the
 * endpoint.
 */
@Handles(value = "webhook.deliver", schema = "webhook.deliver.v1.schema.json")
final class WebhookDeliver implements Integration<Webhook, WebhookResult> {

  /** The name under which all hosts are configured. */
  static final String DEPENDENCY = "webhook";

  /** What depends upon nobody: it does not call, unless the endpoint has just been made. */
  private static final String NOBODY = DEPENDENCY + "/unknown-endpoint";

  private static final int GONE = 410;

  private final Receivers receivers;
  private final ReceiverHealth health;
  private final InstantSource clock;

  WebhookDeliver(Receivers receivers, ReceiverHealth health, InstantSource clock) {
    this.receivers = receivers;
    this.health = health;
    this.clock = clock;
  }

  @Override
  public String dependency(Webhook webhook, String tenant) {
    return receivers
        .find(new EndpointId(tenant, webhook.endpoint()))
        .filter(Receiver::isEnabled)
        .map(Receiver::dependency)
        .orElse(NOBODY);
  }

  @Override
  public WebhookResult call(Webhook webhook, CallContext context) throws InterruptedException {
    EndpointId id = new EndpointId(context.tenant(), webhook.endpoint());
    Receiver receiver = receiver(id);
    if (!receiver.endpoint().subscription().wants(webhook.type())) {
      return WebhookResult.NOT_WANTED;
    }
    receiver.requireKeys();
    byte[] body = webhook.body(context.createdAt());
    Instant begun = clock.instant();
    HttpRequest request =
        SignedWebhook.of(context.idempotencyKey(), begun, body, receiver.keys())
            .on(HttpRequest.post(receiver.endpoint().subscription().url().value()))
            .bytes(body, "application/json")
            // A redirect that is accepted is not followed.
            .acceptingFrom(200, 399);
    HttpResponse answer = send(request, id, context);
    return new WebhookResult(
        WebhookResult.Outcome.DELIVERED,
        answer.status(),
        Duration.between(begun, clock.instant()).toMillis(),
        receiver.keys().stream().map(SigningKey::id).toList());
  }

  /** One that is unknown or disabled may have been made or enabled a moment ago. */
  private Receiver receiver(EndpointId id) {
    Receiver receiver =
        receivers
            .find(id)
            .filter(Receiver::isEnabled)
            .or(() -> receivers.lookUp(id))
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        "tenant '%s' has no endpoint '%s'".formatted(id.tenant(), id.id())));
    receiver.requireEnabled();
    return receiver;
  }

  private HttpResponse send(HttpRequest request, EndpointId id, CallContext context)
      throws InterruptedException {
    try {
      HttpResponse answer = context.http().send(request);
      if (answer.status() > 299) {
        throw new RefusedWebhookException(
            "the endpoint '%s' answered %d, a redirect, which no webhook follows: change its url"
                .formatted(id.id(), answer.status()));
      }
      health.succeeded(id);
      return answer;
    } catch (TransientFailure | RefusedWebhookException e) {
      health.failed(id);
      throw e;
    } catch (PermanentFailure e) {
      throw judged(e, id);
    }
  }

  private RuntimeException judged(PermanentFailure failure, EndpointId id) {
    int status = failure instanceof CallFailure call ? call.status().orElse(0) : 0;
    if (status == GONE) {
      health.gone(id);
      receivers.lookUp(id);
      return new PermanentFailure(
          "the endpoint '%s' answered 410 Gone and was disabled".formatted(id.id()), failure);
    }
    health.failed(id);
    boolean mayBeRepaired = status >= 400 && status <= 499;
    return mayBeRepaired
        ? new RefusedWebhookException("the endpoint '%s' answered %d".formatted(id.id(), status))
        : failure;
  }
}

package io.millrace.worker.webhook;

import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.SigningKey;
import io.millrace.handler.PermanentFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that this worker can call.
 *
 * @param keys opened
 * @param problem why they could not be opened; null if they were
 */
record Receiver(Endpoint endpoint, List<SigningKey> keys, @Nullable String problem) {

  Receiver {
    keys = List.copyOf(keys);
  }

  boolean isEnabled() {
    return endpoint.standing().disabled() == null;
  }

  /** What calls to it depend upon: its host. */
  String dependency() {
    return WebhookDeliver.DEPENDENCY + "/" + endpoint.subscription().url().destination();
  }

  /**
   * @throws PermanentFailure if nothing is to be sent to it
   */
  void requireEnabled() {
    DisabledReason reason = endpoint.standing().disabled();
    if (reason != null) {
      throw new PermanentFailure(
          "the endpoint '%s' of tenant '%s' has been disabled since %s, for %s: enable it, and replay the job"
              .formatted(
                  endpoint.id().id(),
                  endpoint.id().tenant(),
                  endpoint.standing().disabledAt(),
                  reason.inWords()));
    }
  }

  /**
   * @throws IllegalStateException if its keys could not be opened: nothing goes unsigned that is to
   *     be signed
   */
  void requireKeys() {
    if (problem != null) {
      throw new IllegalStateException(
          "the keys of the endpoint '%s' of tenant '%s' cannot be opened: %s"
              .formatted(endpoint.id().id(), endpoint.id().tenant(), problem));
    }
  }
}

package io.millrace.admin.endpoints;

import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the API shows it; what does not apply is left out.
 *
 * @param destination host and port
 * @param url the whole address, for those who may read payloads: its path may hold what is secret
 * @param eventTypes what it wants; empty for everything
 * @param origin who has made it; what the configuration has made is changed there
 * @param disabled why nothing is sent to it
 * @param keys which sign its webhooks, by their ids
 */
record EndpointView(
    String tenant,
    String id,
    String destination,
    @Nullable String url,
    String description,
    List<String> eventTypes,
    Endpoint.Origin origin,
    boolean enabled,
    @Nullable DisabledReason disabled,
    @Nullable Instant disabledAt,
    @Nullable Instant failingSince,
    @Nullable Instant lastSuccessAt,
    List<String> keys) {

  static EndpointView of(Endpoint endpoint, boolean whole) {
    Endpoint.Standing standing = endpoint.standing();
    return new EndpointView(
        endpoint.id().tenant(),
        endpoint.id().id(),
        endpoint.subscription().url().destination(),
        whole ? endpoint.subscription().url().value() : null,
        endpoint.subscription().description(),
        endpoint.subscription().eventTypes(),
        endpoint.origin(),
        standing.disabled() == null,
        standing.disabled(),
        standing.disabledAt(),
        standing.failingSince(),
        standing.lastSuccessAt(),
        endpoint.keys().stream().map(key -> key.id()).toList());
  }
}

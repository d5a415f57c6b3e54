package io.millrace.core.webhook;

import io.millrace.core.secret.SealedSecret;

/**
 * A key of an endpoint, as it is stored.
 *
 * @param id see {@link SigningKey#id}
 */
public record EndpointKey(String id, SealedSecret sealed) {}

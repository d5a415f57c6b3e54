package io.millrace.core.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of webhooks.
 *
 * @param origin who has made it
 * @param standing how it does
 * @param keys each signs every webhook
 */
public record Endpoint(
    EndpointId id,
    Subscription subscription,
    Origin origin,
    Standing standing,
    List<EndpointKey> keys) {

  public Endpoint {
    keys = List.copyOf(keys);
  }

  /** Who has made an endpoint, and may change it. */
  public enum Origin {
    /** {@code millrace.webhooks.endpoints}. */
    CONFIGURATION,
    /** Whoever uses the API. */
    API
  }

  /**
   * How an endpoint does.
   *
   * @param disabled why nothing is sent to it; null if something is
   * @param disabledAt since when
   * @param failingSince its first failure after its last success; null if that was a success
   * @param lastSuccessAt about when it took something last; may be an hour old
   */
  public record Standing(
      @Nullable DisabledReason disabled,
      @Nullable Instant disabledAt,
      @Nullable Instant failingSince,
      @Nullable Instant lastSuccessAt) {

    /** Of one that nothing was sent to yet. */
    public static final Standing NEW = new Standing(null, null, null, null);
  }
}

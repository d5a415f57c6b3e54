package io.millrace.client.contract;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The engine has stopped sending webhooks to an endpoint.
 *
 * <p>Events come at least once. A repeat has the same {@link #id()}.
 *
 * @param tenant whose endpoint it is
 * @param endpoint its id
 * @param destination its host, and its port if that is unusual
 * @param reason why
 * @param disabledAt since when, in microseconds
 * @param failingSince its first failure after its last success
 */
public record EndpointEvent(
    String tenant,
    String endpoint,
    String destination,
    Reason reason,
    Instant disabledAt,
    @Nullable Instant failingSince) {

  /** The routing key on {@link ContractNames#EVENTS}. */
  public static final String ROUTING_KEY = "endpoint.disabled";

  /** The CloudEvents {@code type}. */
  public static final String TYPE = "millrace.endpoint.disabled";

  /** The version of the shape of an event's {@code data}, as its {@code dataschema} names it. */
  public static final String DATA_SCHEMA = "urn:millrace:endpoint:1";

  /** Why an endpoint was disabled. */
  public enum Reason {
    /** It has failed for too long, without a success. */
    FAILING,
    /** It has answered 410, which asks for that. */
    GONE;

    /** The word for it on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public EndpointEvent {
    disabledAt = Rfc3339.truncated(disabledAt);
    failingSince = failingSince == null ? null : Rfc3339.truncated(failingSince);
  }

  /** The CloudEvents {@code id}: which endpoint, by a hash of tenant and id, and when. */
  public String id() {
    return "endpoint/" + JobId.of(tenant, endpoint) + "/" + disabledAt + "/disabled";
  }
}

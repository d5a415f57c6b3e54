package io.millrace.worker.claim;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who a message belongs to.
 *
 * @param defaultTenant the tenant of messages that name none; empty refuses them
 * @param users the tenant of each AMQP user; the broker vouches for the user in {@code user_id}
 * @param spokesmen the AMQP users that may name any tenant in a header; {@code *} lets every
 *     publisher do so
 */
@ConfigurationProperties("millrace.tenants")
public record TenantProperties(
    @DefaultValue("default") String defaultTenant,
    @DefaultValue Map<String, String> users,
    @DefaultValue Set<String> spokesmen) {

  private static final String EVERYBODY = "*";

  public TenantProperties {
    users = Map.copyOf(users);
    spokesmen = Set.copyOf(spokesmen);
  }

  /**
   * The tenant of a message.
   *
   * @param userId the AMQP user, if the message has one
   * @param named the tenant that the message names, if any
   * @return empty if the message may not say what it says, or there is no default for one that says
   *     nothing
   */
  Optional<String> tenantOf(@Nullable String userId, @Nullable String named) {
    String own = userId == null ? null : users.get(userId);
    if (named == null) {
      return Optional.ofNullable(own)
          .or(() -> Optional.of(defaultTenant).filter(t -> !t.isEmpty()));
    }
    boolean maySay =
        named.equals(own)
            || spokesmen.contains(EVERYBODY)
            || userId != null && spokesmen.contains(userId);
    return maySay ? Optional.of(named) : Optional.empty();
  }
}

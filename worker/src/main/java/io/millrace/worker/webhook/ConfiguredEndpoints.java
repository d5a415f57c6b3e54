package io.millrace.worker.webhook;

import io.millrace.core.InvalidSettingException;
import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.Endpoint.Origin;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointKey;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.EndpointUrl;
import io.millrace.core.webhook.KeyRing;
import io.millrace.core.webhook.SigningKey;
import io.millrace.core.webhook.Subscription;
import io.millrace.worker.webhook.WebhookProperties.EndpointSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the rows of configured endpoints what the configuration says. What it has made and no
 * longer has is disabled; what others have made is left as it is.
 */
final class ConfiguredEndpoints {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredEndpoints.class);
  private static final String KEY = "millrace.webhooks.endpoints.";

  private final EndpointStore store;
  private final KeyRing ring;
  private final TransactionOperations transaction;
  private final InstantSource clock;
  private final Map<EndpointId, Wanted> wanted = new TreeMap<>();

  private record Wanted(Subscription subscription, List<SigningKey> keys) {}

  /**
   * @throws InvalidSettingException if one is wrong, or has secrets while there is no master key
   */
  ConfiguredEndpoints(
      WebhookProperties properties,
      EndpointStore store,
      KeyRing ring,
      TransactionOperations transaction,
      InstantSource clock) {
    this.store = store;
    this.ring = ring;
    this.transaction = transaction;
    this.clock = clock;
    new TreeMap<>(properties.endpoints()).forEach(this::want);
  }

  private void want(String name, EndpointSettings settings) {
    if (!settings.secrets().isEmpty() && !ring.canSeal()) {
      throw new InvalidSettingException(
          KEY + name + " has secrets, and there is no master key to encrypt them with",
          "Set MILLRACE_SECRETS_KEY to 32 random bytes in base64, such as 'openssl rand -base64 32' prints");
    }
    try {
      wanted.put(
          new EndpointId(settings.tenant(), name),
          new Wanted(
              new Subscription(
                  new EndpointUrl(settings.url()), settings.description(), settings.eventTypes()),
              settings.secrets().stream().map(SigningKey::parse).toList()));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          KEY + name + " cannot be used: " + e.getMessage(), "Change it");
    }
  }

  /** Writes what differs, one worker after the other. */
  void apply() {
    transaction.executeWithoutResult(
        _ -> {
          store.lockConfiguration();
          Map<EndpointId, Endpoint> there =
              store.all().stream().collect(Collectors.toMap(Endpoint::id, Function.identity()));
          Instant now = clock.instant();
          wanted.forEach((id, want) -> apply(id, want, there.get(id), now));
          there.values().stream()
              .filter(each -> each.origin() == Origin.CONFIGURATION)
              .filter(each -> !wanted.containsKey(each.id()))
              .forEach(each -> store.disable(each.id(), DisabledReason.NOT_CONFIGURED, now));
        });
  }

  private void apply(EndpointId id, Wanted want, @Nullable Endpoint there, Instant now) {
    if (there == null) {
      store.create(id, want.subscription(), Origin.CONFIGURATION, now);
      want.keys().forEach(key -> store.addKey(id, ring.seal(id, key), now));
      return;
    }
    if (there.origin() != Origin.CONFIGURATION) {
      LOG.atWarn()
          .addKeyValue("endpoint", id)
          .log("configured endpoint left as others have made it");
      return;
    }
    if (!there.subscription().equals(want.subscription())) {
      store.change(id, want.subscription(), now);
    }
    if (there.standing().disabled() == DisabledReason.NOT_CONFIGURED) {
      store.enable(id, now);
    }
    applyKeys(id, want.keys(), there.keys(), now);
  }

  /** What a previous master key has sealed is sealed anew, so that this one can be given up. */
  private void applyKeys(
      EndpointId id, List<SigningKey> keys, List<EndpointKey> there, Instant now) {
    Map<String, EndpointKey> byId =
        there.stream().collect(Collectors.toMap(EndpointKey::id, Function.identity()));
    for (SigningKey key : keys) {
      EndpointKey sealed = byId.get(key.id());
      if (sealed == null || !ring.isCurrent(sealed)) {
        store.addKey(id, ring.seal(id, key), now);
      }
    }
    Set<String> ids = keys.stream().map(SigningKey::id).collect(Collectors.toSet());
    there.stream()
        .filter(key -> !ids.contains(key.id()))
        .forEach(key -> store.retireKey(id, key.id()));
  }
}

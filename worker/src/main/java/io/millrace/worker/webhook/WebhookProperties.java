package io.millrace.worker.webhook;

import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Webhooks. The same for all workers of one database.
 *
 * @param disableAfter how long an endpoint may fail without a success; 1 min to 365 days
 * @param endpoints that are there by configuration, by their ids
 */
@ConfigurationProperties("millrace.webhooks")
record WebhookProperties(
    @DefaultValue("5d") Duration disableAfter,
    @DefaultValue Map<String, EndpointSettings> endpoints) {

  WebhookProperties {
    endpoints = Map.copyOf(endpoints);
    Bounds.require(
        "millrace.webhooks.disable-after",
        disableAfter,
        Duration.ofMinutes(1),
        Duration.ofDays(365));
  }

  /**
   * An endpoint.
   *
   * @param tenant whose it is
   * @param url where webhooks are posted to
   * @param secrets each signs every webhook: {@code whsec_} or {@code whsk_} and the key
   * @param description for people
   * @param eventTypes what it wants, {@code invoice.paid} or {@code invoice.*}; everything if there
   *     are none
   */
  record EndpointSettings(
      @DefaultValue("default") String tenant,
      @DefaultValue("") String url,
      @DefaultValue List<String> secrets,
      @DefaultValue("") String description,
      @DefaultValue List<String> eventTypes) {

    EndpointSettings {
      secrets = List.copyOf(secrets);
      eventTypes = List.copyOf(eventTypes);
    }

    /** Without url and secrets. */
    @Override
    public String toString() {
      return "EndpointSettings[tenant=%s, secrets=%d]".formatted(tenant, secrets.size());
    }
  }
}

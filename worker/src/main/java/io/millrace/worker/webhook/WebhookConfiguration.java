package io.millrace.worker.webhook;

import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.KeyRing;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Webhooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
public class WebhookConfiguration {

  @Bean(initMethod = "apply")
  ConfiguredEndpoints configuredEndpoints(
      WebhookProperties properties,
      EndpointStore store,
      KeyRing ring,
      TransactionOperations transaction,
      InstantSource clock) {
    return new ConfiguredEndpoints(properties, store, ring, transaction, clock);
  }

  @Bean
  ReceiverHealth receiverHealth(
      EndpointStore store, WebhookProperties properties, InstantSource clock, WorkerEvents events) {
    return new ReceiverHealth(store, properties.disableAfter(), clock, events);
  }

  @Bean
  Receivers receivers(EndpointStore store, KeyRing keys, ReceiverHealth health) {
    return new Receivers(store, keys, health);
  }

  @Bean
  WebhookDeliver webhookDeliver(Receivers receivers, ReceiverHealth health, InstantSource clock) {
    return new WebhookDeliver(receivers, health, clock);
  }
}

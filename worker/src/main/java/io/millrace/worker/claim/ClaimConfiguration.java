package io.millrace.worker.claim;

import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.core.store.QuarantineStore;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What becomes a job. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TenantProperties.class, ShareProperties.class})
public class ClaimConfiguration {

  @Bean
  ClaimFactory claimFactory(
      HandlerRegistry handlers,
      TenantProperties tenants,
      OutcomeProperties outcomes,
      QuarantineStore quarantine,
      InstantSource clock,
      WorkerEvents events) {
    return new ClaimFactory(handlers, tenants, outcomes, quarantine, clock, events);
  }
}

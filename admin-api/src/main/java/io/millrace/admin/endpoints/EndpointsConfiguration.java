package io.millrace.admin.endpoints;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.HostLookup;
import io.millrace.core.address.Permits;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.KeyRing;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionOperations;

/** The resource {@code /v1/endpoints}. */
@Configuration(proxyBeanMethods = false)
public class EndpointsConfiguration {

  @Bean
  Endpoints endpoints(EndpointStore store, AuditTrail audit, TransactionOperations transaction) {
    return new Endpoints(store, audit, transaction);
  }

  /**
   * What may be called is what the workers may call, as far as it can be told without a look-up.
   */
  @Bean
  EndpointController endpointController(
      Endpoints endpoints, Environment environment, InstantSource clock) {
    Set<String> allow =
        Binder.get(environment)
            .bind("millrace.http.allow", Bindable.setOf(String.class))
            .orElse(Set.of());
    return new EndpointController(
        endpoints, new AddressGuard(HostLookup.SYSTEM), Permits.of(allow), clock);
  }

  @Bean
  KeyController endpointKeyController(
      Endpoints endpoints,
      KeyRing ring,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    return new KeyController(endpoints, ring, new KeyController.Changes(audit, transaction), clock);
  }
}

package io.millrace.admin.dependencies;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.core.store.BacklogStore;
import io.millrace.core.store.DependencyListing;
import io.millrace.core.store.DependencyStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The resource {@code /v1/dependencies}. */
@Configuration(proxyBeanMethods = false)
public class DependenciesConfiguration {

  @Bean
  DependencyController dependencyController(
      DependencyStore store,
      JdbcClient jdbc,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    return new DependencyController(
        store,
        new DependencyController.Looks(new DependencyListing(jdbc), new BacklogStore(jdbc)),
        audit,
        transaction,
        clock);
  }
}

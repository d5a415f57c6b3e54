package io.millrace.worker.settlement;

import io.millrace.core.store.JobStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** How ends are written. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SettlementProperties.class, RetryProperties.class})
public class SettlementConfiguration {

  @Bean
  EndWriter endWriter(JobStore store, TransactionOperations transaction) {
    return new EndWriter(store, transaction);
  }
}

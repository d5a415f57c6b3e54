package io.millrace.core;

import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.BrokerProperties;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.QuarantineStore;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every process has: the clock, the stores, the way to the broker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
public class CoreConfiguration {

  @Bean
  InstantSource clock() {
    return new MicrosecondClock(InstantSource.system());
  }

  @Bean
  JobStore jobStore(JdbcClient jdbc) {
    return new JobStore(jdbc);
  }

  @Bean
  QuarantineStore quarantineStore(JdbcClient jdbc) {
    return new QuarantineStore(jdbc);
  }

  @Bean
  WorkerStore workerStore(JdbcClient jdbc) {
    return new WorkerStore(jdbc);
  }

  @Bean
  BrokerConnector brokerConnector(BrokerProperties properties) {
    return new BrokerConnector(properties);
  }
}

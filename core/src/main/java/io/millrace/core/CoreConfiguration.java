package io.millrace.core;

import io.millrace.core.batch.BatchCalendar;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.batch.JdbcBatchRunStore;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.BrokerProperties;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.JdbcWorkerStore;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.core.plugin.Plugins;
import io.millrace.core.schedule.JdbcScheduleStore;
import io.millrace.core.secret.SecretBox;
import io.millrace.core.secret.SecretProperties;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JdbcDependencyStore;
import io.millrace.core.store.JdbcDueStore;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.core.store.JdbcParkedStore;
import io.millrace.core.store.JdbcPauseStore;
import io.millrace.core.store.JdbcQuarantineStore;
import io.millrace.core.store.JdbcResultStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ParkedStore;
import io.millrace.core.store.PauseStore;
import io.millrace.core.store.QuarantineStore;
import io.millrace.core.store.ResultStore;
import io.millrace.core.webhook.JdbcEndpointStore;
import io.millrace.core.webhook.KeyRing;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every process has: the clock, the stores, the way to the broker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  BatchCalendar.class,
  BrokerProperties.class,
  LeaseProperties.class,
  OutcomeProperties.class,
  ConcurrencyProperties.class,
  SecretProperties.class
})
public class CoreConfiguration {

  @Bean
  InstantSource clock() {
    return new MicrosecondClock(InstantSource.system());
  }

  @Bean
  JobStore jobStore(JdbcClient jdbc) {
    return new JdbcJobStore(jdbc);
  }

  @Bean
  JobTypeStore jobTypeStore(JdbcClient jdbc) {
    return new JobTypeStore(jdbc);
  }

  @Bean
  QuarantineStore quarantineStore(JdbcClient jdbc) {
    return new JdbcQuarantineStore(jdbc);
  }

  @Bean
  WorkerStore workerStore(JdbcClient jdbc) {
    return new JdbcWorkerStore(jdbc);
  }

  @Bean
  DueStore dueStore(JdbcClient jdbc) {
    return new JdbcDueStore(jdbc);
  }

  @Bean
  ParkedStore parkedStore(JdbcClient jdbc) {
    return new JdbcParkedStore(jdbc);
  }

  @Bean
  DependencyStore dependencyStore(JdbcClient jdbc) {
    return new JdbcDependencyStore(jdbc);
  }

  @Bean
  PauseStore pauseStore(JdbcClient jdbc) {
    return new JdbcPauseStore(jdbc);
  }

  @Bean
  ResultStore resultStore(JdbcClient jdbc) {
    return new JdbcResultStore(jdbc);
  }

  @Bean
  BatchRunStore batchRunStore(JdbcClient jdbc) {
    return new JdbcBatchRunStore(jdbc);
  }

  @Bean
  JdbcScheduleStore scheduleStore(JdbcClient jdbc) {
    return new JdbcScheduleStore(jdbc);
  }

  @Bean
  Plugins plugins(@Value("${millrace.plugins:}") String folder) {
    return new Plugins(folder);
  }

  @Bean
  SecretBox secretBox(SecretProperties properties) {
    return properties.box();
  }

  @Bean
  KeyRing keyRing(SecretBox box) {
    return new KeyRing(box);
  }

  @Bean
  JdbcEndpointStore endpointStore(JdbcClient jdbc) {
    return new JdbcEndpointStore(jdbc);
  }

  @Bean
  OutcomeMessages outcomeMessages(OutcomeProperties properties) {
    return new OutcomeMessages(properties);
  }

  @Bean
  BrokerConnector brokerConnector(BrokerProperties properties) {
    return new BrokerConnector(properties);
  }
}

package io.millrace.admin.queues;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.QueueDepths;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.lease.WorkerListing;
import io.millrace.core.store.BacklogStore;
import io.millrace.core.store.PauseStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The resource {@code /v1/queues}. */
@Configuration(proxyBeanMethods = false)
public class QueuesConfiguration {

  @Bean
  QueueDepths queueDepths(BrokerConnector broker) {
    return new QueueDepths(broker, "millrace admin API, looking at queues");
  }

  @Bean
  QueueOverview queueOverview(
      JobTypeStore types,
      PauseStore pauses,
      JdbcClient jdbc,
      QueueDepths depths,
      InstantSource clock) {
    return new QueueOverview(
        types, pauses, new BacklogStore(jdbc), new WorkerListing(jdbc), depths, clock);
  }

  @Bean
  QueueController queueController(QueueOverview overview) {
    return new QueueController(overview);
  }

  @Bean
  PauseController pauseController(
      PauseStore pauses,
      QueueOverview overview,
      QueueController queues,
      AuditTrail audit,
      TransactionOperations transaction) {
    return new PauseController(pauses, overview, queues, audit, transaction);
  }
}

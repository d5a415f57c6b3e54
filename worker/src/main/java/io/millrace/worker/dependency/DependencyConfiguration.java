package io.millrace.worker.dependency;

import io.millrace.client.contract.JobType;
import io.millrace.core.Pause;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.limit.JdbcLimitStore;
import io.millrace.core.limit.LimitStore;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.Notifications;
import io.millrace.worker.execution.HttpClients;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.http.Calls;
import io.millrace.worker.limit.SharedLimits;
import io.millrace.worker.pause.Pauses;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What integrations depend upon. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DependencyProperties.class)
public class DependencyConfiguration {

  @Bean
  Circuits circuits(DependencyStore store, DataSource source) {
    return new Circuits(
        store, () -> new Notifications(source, Notifications.DEPENDENCY), System::nanoTime);
  }

  @Bean
  LimitStore limitStore(JdbcClient jdbc) {
    return new JdbcLimitStore(jdbc, System::nanoTime);
  }

  @Bean
  SharedLimits sharedLimits(
      LimitStore store, TransactionOperations transaction, WorkerEvents events) {
    return new SharedLimits(
        store,
        transaction,
        new SharedLimits.Time(
            System::nanoTime, Pause.THREAD, () -> ThreadLocalRandom.current().nextDouble()),
        events);
  }

  @Bean
  HttpClients httpClients(DependencyProperties properties, Calls calls) {
    return new CallClients(properties, calls);
  }

  @Bean
  GateFactory gateFactory(
      DependencyProperties properties,
      Circuits circuits,
      SharedLimits limits,
      HandlerRegistry handlers,
      Pauses pauses,
      InstantSource clock,
      WorkerEvents events) {
    Map<JobType, DependencyKey> only = new HashMap<>();
    for (JobType type : handlers.types()) {
      handlers
          .find(type)
          .flatMap(handler -> handler.onlyDependency())
          .ifPresent(key -> only.put(type, key));
    }
    return new GateFactory(
        properties,
        circuits,
        key -> limits.tryAcquire(key.value(), properties.of(key).limits()),
        only,
        pauses::holds,
        new GateFactory.Time(clock, System::nanoTime),
        events);
  }
}

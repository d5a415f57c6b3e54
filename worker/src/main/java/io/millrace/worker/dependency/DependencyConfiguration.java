package io.millrace.worker.dependency;

import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.Notifications;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
  GateFactory gateFactory(
      DependencyProperties properties,
      Circuits circuits,
      HandlerRegistry handlers,
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
        properties, circuits, _ -> 0, only, new GateFactory.Time(clock, System::nanoTime), events);
  }
}

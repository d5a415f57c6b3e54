package io.millrace.worker.signal;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Log and meters, and whoever else listens. */
@Configuration(proxyBeanMethods = false)
public class SignalConfiguration {

  @Bean
  WorkerEventListener workerLog() {
    return new WorkerLog();
  }

  @Bean
  WorkerEventListener workerMeters(MeterRegistry registry) {
    return new WorkerMeters(registry);
  }

  @Bean
  Pace pace() {
    return new Pace(System::nanoTime);
  }

  @Bean
  WorkerEvents workerEvents(List<WorkerEventListener> listeners) {
    return new WorkerEvents(listeners);
  }
}

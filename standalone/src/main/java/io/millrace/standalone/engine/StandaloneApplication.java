package io.millrace.standalone.engine;

import io.millrace.admin.AdminApiConfiguration;
import io.millrace.scheduler.SchedulerConfiguration;
import io.millrace.worker.WorkerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The three processes in one. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({WorkerConfiguration.class, SchedulerConfiguration.class, AdminApiConfiguration.class})
class StandaloneApplication {

  @Bean
  ConsumingSignal consumingSignal() {
    return new ConsumingSignal();
  }
}

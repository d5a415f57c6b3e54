package io.millrace.admin.workers;

import io.millrace.core.lease.WorkerListing;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The resource {@code /v1/workers}. */
@Configuration(proxyBeanMethods = false)
public class WorkersConfiguration {

  @Bean
  WorkerController workerController(JdbcClient jdbc, InstantSource clock) {
    return new WorkerController(new WorkerListing(jdbc), clock);
  }
}

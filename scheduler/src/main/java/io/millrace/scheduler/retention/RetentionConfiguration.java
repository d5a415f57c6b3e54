package io.millrace.scheduler.retention;

import io.millrace.batch.BatchJob;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Retention. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
public class RetentionConfiguration {

  @Bean
  BatchJob retention(JdbcClient jdbc, RetentionProperties properties, InstantSource clock) {
    return new Retention(properties, new OldJobs(jdbc), new OldRecords(jdbc), clock).asJob();
  }
}

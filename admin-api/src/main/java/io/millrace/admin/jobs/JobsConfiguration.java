package io.millrace.admin.jobs;

import io.millrace.core.store.JobStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The resource {@code /v1/jobs}. */
@Configuration(proxyBeanMethods = false)
public class JobsConfiguration {

  @Bean
  JobController jobController(JobStore jobs) {
    return new JobController(jobs);
  }
}

package io.millrace.admin.types;

import io.millrace.core.catalogue.JobTypeStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The resource {@code /v1/job-types}. */
@Configuration(proxyBeanMethods = false)
public class JobTypesConfiguration {

  @Bean
  JobTypeController jobTypeController(JobTypeStore types) {
    return new JobTypeController(types);
  }
}

package io.millrace.admin;

import io.millrace.admin.batch.BatchApiConfiguration;
import io.millrace.admin.jobs.JobsConfiguration;
import io.millrace.core.CoreConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API, resource by resource. */
@Configuration(proxyBeanMethods = false)
@Import({
  CoreConfiguration.class,
  ProblemConfiguration.class,
  OriginConfiguration.class,
  JobsConfiguration.class,
  BatchApiConfiguration.class
})
public class AdminApiConfiguration {}

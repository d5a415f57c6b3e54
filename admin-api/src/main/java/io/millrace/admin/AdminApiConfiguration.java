package io.millrace.admin;

import io.millrace.admin.access.AccessConfiguration;
import io.millrace.admin.batch.BatchApiConfiguration;
import io.millrace.admin.body.BodyConfiguration;
import io.millrace.admin.dashboard.DashboardConfiguration;
import io.millrace.admin.jobs.JobsConfiguration;
import io.millrace.admin.problem.ProblemConfiguration;
import io.millrace.admin.redaction.RedactionConfiguration;
import io.millrace.admin.token.TokenConfiguration;
import io.millrace.admin.trace.TraceConfiguration;
import io.millrace.core.CoreConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API, resource by resource. */
@Configuration(proxyBeanMethods = false)
@Import({
  CoreConfiguration.class,
  TraceConfiguration.class,
  BodyConfiguration.class,
  ProblemConfiguration.class,
  OriginConfiguration.class,
  AccessConfiguration.class,
  TokenConfiguration.class,
  RedactionConfiguration.class,
  JobsConfiguration.class,
  BatchApiConfiguration.class,
  DashboardConfiguration.class
})
public class AdminApiConfiguration {}

package io.millrace.admin;

import io.millrace.admin.access.AccessConfiguration;
import io.millrace.admin.audit.AuditConfiguration;
import io.millrace.admin.batch.BatchApiConfiguration;
import io.millrace.admin.body.BodyConfiguration;
import io.millrace.admin.dashboard.DashboardConfiguration;
import io.millrace.admin.dependencies.DependenciesConfiguration;
import io.millrace.admin.document.DocumentConfiguration;
import io.millrace.admin.endpoints.EndpointsConfiguration;
import io.millrace.admin.events.EventsConfiguration;
import io.millrace.admin.failures.FailuresConfiguration;
import io.millrace.admin.http.HttpConfiguration;
import io.millrace.admin.jobs.JobsConfiguration;
import io.millrace.admin.parameter.ParameterConfiguration;
import io.millrace.admin.problem.ProblemConfiguration;
import io.millrace.admin.quarantine.QuarantineConfiguration;
import io.millrace.admin.queues.QueuesConfiguration;
import io.millrace.admin.rate.RateConfiguration;
import io.millrace.admin.redaction.RedactionConfiguration;
import io.millrace.admin.replays.ReplaysConfiguration;
import io.millrace.admin.schedules.SchedulesConfiguration;
import io.millrace.admin.token.TokenConfiguration;
import io.millrace.admin.trace.TraceConfiguration;
import io.millrace.admin.types.JobTypesConfiguration;
import io.millrace.admin.workers.WorkersConfiguration;
import io.millrace.core.CoreConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API, resource by resource. */
@Configuration(proxyBeanMethods = false)
@Import({
  CoreConfiguration.class,
  TraceConfiguration.class,
  HttpConfiguration.class,
  RateConfiguration.class,
  BodyConfiguration.class,
  ParameterConfiguration.class,
  ProblemConfiguration.class,
  AccessConfiguration.class,
  TokenConfiguration.class,
  RedactionConfiguration.class,
  EventsConfiguration.class,
  DocumentConfiguration.class,
  AuditConfiguration.class,
  JobsConfiguration.class,
  JobTypesConfiguration.class,
  FailuresConfiguration.class,
  ReplaysConfiguration.class,
  QueuesConfiguration.class,
  DependenciesConfiguration.class,
  QuarantineConfiguration.class,
  EndpointsConfiguration.class,
  BatchApiConfiguration.class,
  SchedulesConfiguration.class,
  WorkersConfiguration.class,
  DashboardConfiguration.class
})
public class AdminApiConfiguration {}

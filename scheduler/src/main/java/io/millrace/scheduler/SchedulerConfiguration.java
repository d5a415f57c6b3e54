package io.millrace.scheduler;

import io.millrace.core.CoreConfiguration;
import io.millrace.scheduler.batch.BatchConfiguration;
import io.millrace.scheduler.dispatch.DispatchConfiguration;
import io.millrace.scheduler.fileimport.FileImportConfiguration;
import io.millrace.scheduler.retention.RetentionConfiguration;
import io.millrace.scheduler.statement.StatementConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A scheduler: the dispatcher of due jobs, the batches, and those that come with it. */
@Configuration(proxyBeanMethods = false)
@Import({
  CoreConfiguration.class,
  DispatchConfiguration.class,
  BatchConfiguration.class,
  StatementConfiguration.class,
  RetentionConfiguration.class,
  FileImportConfiguration.class
})
public class SchedulerConfiguration {}

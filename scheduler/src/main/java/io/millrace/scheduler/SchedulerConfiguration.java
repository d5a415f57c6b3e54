package io.millrace.scheduler;

import io.millrace.core.CoreConfiguration;
import io.millrace.scheduler.batch.BatchConfiguration;
import io.millrace.scheduler.dispatch.DispatchConfiguration;
import io.millrace.scheduler.fileimport.FileImportConfiguration;
import io.millrace.scheduler.replay.ReplayWorkConfiguration;
import io.millrace.scheduler.retention.RetentionConfiguration;
import io.millrace.scheduler.schedule.ScheduleConfiguration;
import io.millrace.scheduler.statement.StatementConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A scheduler: the dispatcher of due jobs, replays, the batches, those that come with it, and
 * schedules.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  CoreConfiguration.class,
  DispatchConfiguration.class,
  BatchConfiguration.class,
  StatementConfiguration.class,
  ReplayWorkConfiguration.class,
  RetentionConfiguration.class,
  FileImportConfiguration.class,
  ScheduleConfiguration.class
})
public class SchedulerConfiguration {}

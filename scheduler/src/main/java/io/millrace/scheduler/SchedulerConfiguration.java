package io.millrace.scheduler;

import io.millrace.core.CoreConfiguration;
import io.millrace.scheduler.batch.BatchConfiguration;
import io.millrace.scheduler.dispatch.DispatchConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A scheduler: the dispatcher of due jobs, and the batches. */
@Configuration(proxyBeanMethods = false)
@Import({CoreConfiguration.class, DispatchConfiguration.class, BatchConfiguration.class})
public class SchedulerConfiguration {}

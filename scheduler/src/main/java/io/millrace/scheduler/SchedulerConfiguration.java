package io.millrace.scheduler;

import io.millrace.core.CoreConfiguration;
import io.millrace.scheduler.dispatch.DispatchConfiguration;
import io.millrace.scheduler.schedule.ScheduleConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A scheduler: the dispatcher of due jobs, and the schedules. */
@Configuration(proxyBeanMethods = false)
@Import({CoreConfiguration.class, DispatchConfiguration.class, ScheduleConfiguration.class})
public class SchedulerConfiguration {}

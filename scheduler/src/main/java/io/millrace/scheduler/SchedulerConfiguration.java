package io.millrace.scheduler;

import io.millrace.core.CoreConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A scheduler. It has nothing to schedule yet, and says by its health that it could. */
@Configuration(proxyBeanMethods = false)
@Import(CoreConfiguration.class)
public class SchedulerConfiguration {}

package io.millrace.scheduler.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.Pause;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.schedule.FiringStore;
import io.millrace.scheduler.jobrunr.JobRunrConfiguration;
import io.millrace.scheduler.jobrunr.JobRunrProperties;
import io.millrace.scheduler.jobrunr.JobRunrUser;
import java.time.InstantSource;
import java.util.List;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;

/** The schedules, under JobRunr. */
@Configuration(proxyBeanMethods = false)
@Import(JobRunrConfiguration.class)
@EnableConfigurationProperties(ScheduleProperties.class)
public class ScheduleConfiguration {

  /** JobRunr begins with a time within two polls, or not at all. */
  private static final int POLLS_OF_PATIENCE = 2;

  @Bean
  ScheduleListener scheduleLog() {
    return new ScheduleLog();
  }

  @Bean
  ScheduleListener scheduleMeters(MeterRegistry registry) {
    return new ScheduleMeters(registry);
  }

  @Bean
  JobRunrUser schedulesNeedJobRunr(ScheduleProperties properties) {
    return () -> !properties.schedules().isEmpty();
  }

  @Bean
  Firings firings(
      FiringStore store,
      BatchRunStore runs,
      TransactionOperations transaction,
      InstantSource clock,
      List<ScheduleListener> listeners) {
    return new Firings(store, runs, transaction, clock, all(listeners));
  }

  @Bean
  RecurringJobs recurringJobs(StorageProvider storage, JobRequestScheduler scheduler) {
    return new RecurringJobs(storage, scheduler);
  }

  @Bean
  ScheduledRunHandler scheduledRunHandler(
      Firings firings,
      BatchRunStore runs,
      StorageProvider storage,
      InstantSource clock,
      JobRunrProperties jobRunr) {
    return new ScheduledRunHandler(
        firings,
        new Follower(runs::find, Pause.THREAD),
        storage,
        clock,
        Pause.THREAD,
        jobRunr.poll());
  }

  @Bean
  Configured configuredSchedules(
      ScheduleProperties properties,
      FiringStore store,
      RecurringJobs recurring,
      TransactionOperations transaction,
      InstantSource clock) {
    return new Configured(properties.all(), store, recurring, transaction, clock);
  }

  @Bean
  ScheduleWatch.Settings scheduleWatchSettings(
      JobRunrProperties jobRunr, List<ScheduleListener> listeners) {
    return new ScheduleWatch.Settings(
        jobRunr.poll().multipliedBy(POLLS_OF_PATIENCE), all(listeners));
  }

  @Bean
  ScheduleWatch scheduleWatch(
      Configured configured,
      FiringStore store,
      Firings firings,
      RecurringJobs recurring,
      InstantSource clock,
      ScheduleWatch.Settings settings) {
    return new ScheduleWatch(configured, store, firings, recurring, clock, settings);
  }

  @Bean
  ScheduleHealth schedulesHealth(ScheduleWatch watch) {
    return new ScheduleHealth(watch);
  }

  private static ScheduleListener all(List<ScheduleListener> listeners) {
    return event -> listeners.forEach(listener -> listener.on(event));
  }
}

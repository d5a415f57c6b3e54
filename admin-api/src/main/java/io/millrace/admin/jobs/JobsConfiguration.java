package io.millrace.admin.jobs;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.events.EventStreams;
import io.millrace.admin.redaction.Redaction;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.replay.JobReplays;
import io.millrace.core.replay.JobRetry;
import io.millrace.core.store.EnqueueStore;
import io.millrace.core.store.JobCancellation;
import io.millrace.core.store.JobSearch;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ListingStore;
import io.millrace.core.store.ScopedJobStore;
import io.millrace.core.store.WatchStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The resource {@code /v1/jobs}. */
@Configuration(proxyBeanMethods = false)
public class JobsConfiguration {

  @Bean
  JobCancellation jobCancellation(
      JobStore jobs, TransactionOperations transaction, InstantSource clock) {
    return new JobCancellation(jobs, transaction, clock);
  }

  @Bean
  JobController jobController(
      JobViews views,
      JobCancellation cancellation,
      AuditTrail audit,
      TransactionOperations transaction) {
    return new JobController(views, cancellation, audit, transaction);
  }

  @Bean
  JobViews jobViews(ScopedJdbc jdbc, JobReplays replays, Redaction redaction) {
    return new JobViews(new ScopedJobStore(jdbc), replays, redaction);
  }

  @Bean
  SearchController searchController(
      ScopedJdbc scoped, JdbcClient jdbc, TransactionOperations transaction, InstantSource clock) {
    return new SearchController(
        new ListingStore(scoped), new JobSearch(jdbc, transaction, clock, System::nanoTime));
  }

  @Bean
  SubmitController submitController(
      JobTypeStore types,
      JdbcClient jdbc,
      JobViews views,
      AuditTrail audit,
      TransactionOperations transaction) {
    return new SubmitController(types, new EnqueueStore(jdbc), views, audit, transaction);
  }

  @Bean
  RetryController retryController(
      JobRetry retry, JobViews views, AuditTrail audit, TransactionOperations transaction) {
    return new RetryController(retry, views, audit, transaction);
  }

  @Bean
  JobEventsController jobEventsController(
      ScopedJdbc jdbc, JdbcClient unscoped, EventStreams streams) {
    return new JobEventsController(
        new ScopedJobStore(jdbc), streams, new JobStandings(new WatchStore(unscoped)));
  }
}

package io.millrace.admin.jobs;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.events.EventStreams;
import io.millrace.admin.redaction.Redaction;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.store.JobCancellation;
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
      ScopedJdbc jdbc,
      JobCancellation cancellation,
      Redaction redaction,
      AuditTrail audit,
      TransactionOperations transaction) {
    return new JobController(new ScopedJobStore(jdbc), cancellation, redaction, audit, transaction);
  }

  @Bean
  ListingController listingController(ScopedJdbc jdbc) {
    return new ListingController(new ListingStore(jdbc));
  }

  @Bean
  JobEventsController jobEventsController(
      ScopedJdbc jdbc, JdbcClient unscoped, EventStreams streams) {
    return new JobEventsController(
        new ScopedJobStore(jdbc), streams, new JobStandings(new WatchStore(unscoped)));
  }
}

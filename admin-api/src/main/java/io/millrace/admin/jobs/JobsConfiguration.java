package io.millrace.admin.jobs;

import io.millrace.core.store.JobCancellation;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ListingStore;
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
  JobController jobController(JobStore jobs, JobCancellation cancellation) {
    return new JobController(jobs, cancellation);
  }

  @Bean
  ListingController listingController(JdbcClient jdbc) {
    return new ListingController(new ListingStore(jdbc));
  }
}

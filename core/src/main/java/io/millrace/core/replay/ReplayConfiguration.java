package io.millrace.core.replay;

import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.failure.FailureStore;
import io.millrace.core.store.JobStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Failures, and what is done about them. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

  @Bean
  FailureStore failureStore(JdbcClient jdbc) {
    return new FailureStore(new ScopedJdbc(jdbc));
  }

  @Bean
  ReplayStore replayStore(JdbcClient jdbc, FailureStore failures) {
    return new ReplayStore(jdbc, failures);
  }

  @Bean
  EndedJobs endedJobs(JobStore jobs, JobTypeStore types, JdbcClient jdbc) {
    return new EndedJobs(jobs, types, jdbc);
  }

  @Bean
  JobRetry jobRetry(JobStore jobs, JobTypeStore types, EndedJobs ended, InstantSource clock) {
    return new JobRetry(jobs, types, ended, clock);
  }

  @Bean
  ReplaySlice replaySlice(
      ReplayStore replays,
      JdbcClient jdbc,
      JobStore jobs,
      EndedJobs ended,
      TransactionOperations transaction,
      InstantSource clock) {
    return new ReplaySlice(
        new ReplaySliceStore(jdbc, new ScopedJdbc(jdbc)), replays, jobs, ended, transaction, clock);
  }
}

package io.millrace.scheduler.replay;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.replay.EndedJobs;
import io.millrace.core.replay.ReplayConfiguration;
import io.millrace.core.replay.ReplaySlice;
import io.millrace.core.replay.ReplaySliceStore;
import io.millrace.core.replay.ReplayStore;
import io.millrace.core.store.JobStore;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The schedulers' part of replays. */
@Configuration(proxyBeanMethods = false)
@Import(ReplayConfiguration.class)
public class ReplayWorkConfiguration {

  @Bean
  ReplayListener replayLog() {
    return new ReplayLog();
  }

  @Bean
  ReplayListener replayMeters(MeterRegistry registry) {
    return new ReplayMeters(registry);
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

  @Bean
  Replays replays(ReplaySlice slice, List<ReplayListener> listeners) {
    return new Replays(slice, event -> listeners.forEach(listener -> listener.on(event)));
  }
}

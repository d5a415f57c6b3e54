package io.millrace.admin.replays;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.events.EventStreams;
import io.millrace.core.failure.FailureStore;
import io.millrace.core.replay.ReplayConfiguration;
import io.millrace.core.replay.ReplayProperties;
import io.millrace.core.replay.ReplayStore;
import io.millrace.core.replay.ReplayWatchStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The resource {@code /v1/replays}. */
@Configuration(proxyBeanMethods = false)
@Import(ReplayConfiguration.class)
public class ReplaysConfiguration {

  @Bean
  ReplayController replayController(
      ReplayStore replays,
      FailureStore failures,
      ReplayProperties usual,
      AuditTrail audit,
      TransactionOperations transaction) {
    return new ReplayController(
        replays, new ReplayRequests(replays, failures, usual, audit, transaction));
  }

  @Bean
  ReplayEventsController replayEventsController(
      ReplayStore replays, JdbcClient jdbc, EventStreams streams) {
    return new ReplayEventsController(
        replays, streams, new ReplayStandings(new ReplayWatchStore(jdbc)));
  }
}

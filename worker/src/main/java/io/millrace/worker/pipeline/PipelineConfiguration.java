package io.millrace.worker.pipeline;

import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.JobStore;
import io.millrace.worker.claim.ClaimFactory;
import io.millrace.worker.execution.TimeLimits;
import io.millrace.worker.settlement.EndWriter;
import io.millrace.worker.settlement.RetryProperties;
import io.millrace.worker.settlement.SettlementProperties;
import io.millrace.worker.signal.WorkerEvents;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The worker itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerProperties.class, TimeLimits.class})
public class PipelineConfiguration {

  @Bean
  PipelineFactory.Database pipelineDatabase(
      DataSource source, JobStore jobs, TransactionOperations transaction, EndWriter ends) {
    return new PipelineFactory.Database(source, jobs, transaction, ends);
  }

  @Bean
  PipelineFactory pipelineFactory(
      WorkerProperties worker,
      SettlementProperties settlement,
      RetryProperties retries,
      TimeLimits limits,
      ConcurrencyProperties concurrency,
      BrokerConnector broker,
      PipelineFactory.Database database,
      ClaimFactory claims,
      OutcomeMessages outcomes,
      WorkerEvents events,
      InstantSource clock) {
    return new PipelineFactory(
        worker,
        settlement,
        retries.policies(),
        limits,
        concurrency,
        broker,
        database,
        claims,
        outcomes,
        events,
        clock);
  }

  @Bean
  Worker worker(
      PipelineFactory pipelines,
      WorkerStore store,
      LeaseProperties lease,
      WorkerEvents events,
      ProcessEnd end,
      InstantSource clock) {
    String version = Worker.class.getPackage().getImplementationVersion();
    Worker.Identity identity =
        new Worker.Identity(
            pipelines.worker().name().isEmpty() ? hostName() : pipelines.worker().name(),
            version == null ? "development" : version);
    return new Worker(pipelines, store, lease, identity, clock, events, end);
  }

  @Bean
  CancellationListener cancellationListener(DataSource source, Worker worker) {
    return new CancellationListener(source, worker::cancel);
  }

  @Bean
  ProcessEnd processEnd() {
    return ProcessEnd.EXIT;
  }

  @Bean
  WorkerHealth workerHealth(Worker worker) {
    return new WorkerHealth(worker);
  }

  @Bean
  ProgressHealth progressHealthIndicator(Worker worker, WorkerProperties properties) {
    return new ProgressHealth(worker, properties.stalledAfter());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "unknown host";
    }
  }
}

package io.millrace.worker.pipeline;

import io.millrace.core.Pause;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.JobStore;
import io.millrace.worker.claim.ClaimFactory;
import io.millrace.worker.claim.ShareProperties;
import io.millrace.worker.dependency.GateFactory;
import io.millrace.worker.execution.HandlerCall;
import io.millrace.worker.execution.HttpClients;
import io.millrace.worker.execution.TimeLimits;
import io.millrace.worker.execution.TransactionalWork;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.pause.Pauses;
import io.millrace.worker.settlement.EndWriter;
import io.millrace.worker.settlement.RetryProperties;
import io.millrace.worker.settlement.SettlementProperties;
import io.millrace.worker.signal.Pace;
import io.millrace.worker.signal.WorkerEvents;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
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
  HandlerCall handlerCall(
      DataSource source,
      TransactionOperations transaction,
      EndWriter ends,
      HttpClients clients,
      Pauses pauses,
      InstantSource clock) {
    return new HandlerCall(
        new TransactionalWork(source, transaction, ends, clock), clients, pauses::holds, clock);
  }

  @Bean
  StepsFactory.Rules pipelineRules(
      WorkerProperties worker,
      SettlementProperties settlement,
      RetryProperties retries,
      ConcurrencyProperties concurrency,
      ShareProperties shares) {
    return new StepsFactory.Rules(
        new ClaimFactory.Limits(worker.batch(), Math.toIntExact(worker.maxPayload().toBytes())),
        settlement,
        retries.policies(),
        concurrency,
        shares);
  }

  @Bean
  StepsFactory stepsFactory(
      StepsFactory.Rules rules,
      JobStore jobs,
      TransactionOperations transaction,
      ClaimFactory claims,
      OutcomeMessages outcomes,
      InstantSource clock,
      WorkerEvents events) {
    return new StepsFactory(
        rules,
        new StepsFactory.Database(jobs, transaction),
        claims,
        outcomes,
        new StepsFactory.Time(clock, Pause.THREAD, () -> ThreadLocalRandom.current().nextDouble()),
        events);
  }

  @Bean
  PipelineFactory pipelineFactory(
      WorkerProperties worker,
      TimeLimits limits,
      BrokerConnector broker,
      HandlerCall handlers,
      GateFactory gates,
      Pauses pauses,
      StepsFactory steps) {
    return new PipelineFactory(
        worker, limits, broker, handlers, new PipelineFactory.Admittance(gates, pauses), steps);
  }

  @Bean
  Registration registration(
      WorkerStore workers,
      JobTypeStore types,
      HandlerRegistry handlers,
      Pace pace,
      WorkerProperties worker) {
    String version = Worker.class.getPackage().getImplementationVersion();
    return new Registration(
        workers,
        types,
        handlers,
        pace,
        worker.name().isEmpty() ? hostName() : worker.name(),
        version == null ? "development" : version);
  }

  @Bean
  Worker worker(
      PipelineFactory pipelines,
      Registration registration,
      LeaseProperties lease,
      WorkerEvents events,
      ProcessEnd end,
      InstantSource clock) {
    return new Worker(pipelines, registration, lease, clock, events, end);
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
